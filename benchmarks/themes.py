"""Answers through discovering, assigning and redacting; and discovering against BERTopic on the same vectors.

Run: python -m benchmarks.themes [answers]. The answers are sentences of the labelled comments beside the
checkout, put together anew by a seeded generator; the model learns from the comments themselves.
"""

from __future__ import annotations

import csv
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.measure import Measured, compared, measured
from fullpicture.analyse.themes.evidence import parts_of

COMMENTS = Path(__file__).resolve().parents[2] / "shared" / "data" / "comments"
ANSWERS = 100_000
QUESTIONS = ("could_improve", "nonspecific", "what_good")


def _nothing(_at: int, _of: int) -> None:
    """Nobody watches."""


def write_answers(path: Path, many: int, seed: int = 20240401) -> None:
    """Answers of one to six sentences, as long as the comments are."""
    generator = np.random.default_rng(seed)
    with (COMMENTS / "px2_dev.csv").open(encoding="utf-8", newline="") as file:
        said = [[row["text"][a:b] for a, b in parts_of(row["text"])] for row in csv.DictReader(file)]
    sentences, lengths = [part for parts in said for part in parts], [len(parts) for parts in said]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("id", "text", "question_type"))
        for number, long in enumerate(generator.choice(lengths, many)):
            chosen = generator.integers(0, len(sentences), min(int(long), 6))
            text = " ".join(sentences[at] for at in chosen)
            writer.writerow((number, text, QUESTIONS[number % 3]))


def discovered(folder: str) -> None:
    """`fullpicture themes discover`."""
    from fullpicture.programme.discovering import Wanted, discover_themes

    discover_themes(Path(folder) / "answers.csv", "text", "id", Path(folder) / "clusters.csv", Wanted())


def assigned(folder: str) -> None:
    """`fullpicture themes assign`, learning from every coded comment."""
    from fullpicture.programme.codebooks import read_codebook
    from fullpicture.programme.theming import AnswerColumns, assign

    columns = AnswerColumns("text", "id", "themes", "", ("question_type",))
    codebook = read_codebook(COMMENTS / "px2_codebook.csv")
    to = Path(folder) / "themes.csv"
    assign(Path(folder) / "answers.csv", columns, codebook, COMMENTS / "px2_dev.csv", to, _nothing)


def redacted(folder: str) -> None:
    """`fullpicture redact`."""
    from fullpicture.collect.responses import ResponseColumns
    from fullpicture.programme.redacting import redact

    redact(Path(folder) / "answers.csv", ResponseColumns("id", "text"), Path(folder) / "r.csv", (), _nothing)


def ours(folder: str) -> float:
    """Clusters, their words and typical answers, and the merge tree, from vectors that are there."""
    from fullpicture.analyse.themes.discovering import discover

    texts, vectors = _texts_and_vectors(folder)
    started = time.perf_counter()
    discover(texts, vectors=vectors)
    return time.perf_counter() - started


def peer(folder: str) -> float:
    """BERTopic with its usual steps on the same vectors, outliers given to the nearest topic."""
    from bertopic import BERTopic

    texts, vectors = _texts_and_vectors(folder)
    BERTopic(embedding_model=None).fit_transform(texts[:500], vectors[:500])  # what it compiles is not timed
    started = time.perf_counter()
    model = BERTopic(embedding_model=None, nr_topics=30, calculate_probabilities=False)
    topics, _ = model.fit_transform(texts, vectors)
    if -1 in topics:
        model.reduce_outliers(texts, topics, strategy="embeddings", embeddings=vectors)
    return time.perf_counter() - started


def _texts_and_vectors(folder: str) -> tuple[list[str], np.ndarray]:
    with (COMMENTS / "px2_dev.csv").open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
    return texts, np.load(Path(folder) / "vectors.npy")


def write_vectors(folder: Path) -> None:
    """TF-IDF and 100 dimensions of latent semantic analysis, for both."""
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer

    with (COMMENTS / "px2_dev.csv").open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
    space = TruncatedSVD(100, random_state=0).fit_transform(
        TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform(texts)
    )
    np.save(folder / "vectors.npy", space.astype(np.float32))


def _said(what: str, found: Measured) -> str:
    used = f"{found.processor:.0f} s of processor"
    return f"| {what} | {found.seconds:.0f} s, {used}, {found.mebibytes:,.0f} MiB |"


if __name__ == "__main__":
    many = int(sys.argv[1]) if len(sys.argv) > 1 else ANSWERS
    with tempfile.TemporaryDirectory() as folder:
        write_answers(Path(folder) / "answers.csv", many)
        for step in (discovered, assigned, redacted):
            print(_said(f"{many:,} answers {step.__name__}", measured(step, folder, runs=1)), flush=True)
        write_vectors(Path(folder))
        found = [measured(work, folder, runs=2) for work in (ours, peer)]
        print(compared("3,760 comments clustered", *found, "BERTopic"))
