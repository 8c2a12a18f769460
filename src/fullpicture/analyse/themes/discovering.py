"""Finds what answers have in common before anybody has named a theme: clusters that cover every answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack

from fullpicture.core.errors import EngineMissing

MOST_CLUSTERS = 30
DIMENSIONS = 25
"""Of the latent space: fewer blur themes, more let single words make clusters (tried on coded comments)."""
SEEDS = 200
"""Small clusters that the merge tree joins; a tree of single answers would take their number squared."""
OF_MODEL, WORDS_BESIDE = 50, 0.5
"""Dimensions kept of a sentence model's vectors, and how much words weigh beside them (tried likewise)."""
SAID_BY = 5
"""Answers that must have a word before it is shown: a name that one person says is no word of a cluster."""
PARTS = 0.5
"""How much parts of words weigh against words."""
_ENDINGS = ("ingly", "edly", "ing", "ed", "ly", "ies", "es", "s")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@dataclass(frozen=True)
class Merge:
    """Two clusters joined into a new one, at a distance; new ones are numbered on from the clusters."""

    one: int
    other: int
    distance: float


@dataclass(frozen=True)
class Candidate:
    """A cluster: its number, how many answers it has, words that set it apart, most typical answers."""

    number: int
    size: int
    words: tuple[str, ...]
    typical: tuple[int, ...]


@dataclass(frozen=True)
class Discovery:
    """The cluster of each answer, what the clusters are, and how they join into fewer, nearest first."""

    cluster: NDArray[np.int_]
    candidates: tuple[Candidate, ...]
    merges: tuple[Merge, ...]


def discover(
    texts: Sequence[str],
    clusters: int = MOST_CLUSTERS,
    seed: int = 0,
    vectors: NDArray[np.float64] | None = None,
) -> Discovery:
    """Clusters of answers that are about the same.

    TF-IDF of word stems and of parts of words, 25 dimensions of latent semantic analysis (Deerwester et al.
    1990, JASIS 41(6), 391-407), 200 small clusters by k-means, joined by Ward's method (1963, JASA 58,
    236-244), then every answer to the nearest of the clusters that are left. The same texts and seed give the
    same clusters.

    Args:
        clusters: how many at most; fewer where there are fewer different texts.
        vectors: a row for each text from a sentence model, to take besides the words.

    Raises:
        EngineMissing: scikit-learn is not installed.
        ValueError: fewer than two texts have words.
    """
    from threadpoolctl import threadpool_limits

    words, vocabulary, parts = _vectors(texts)
    with threadpool_limits(1):
        space = _space(hstack([words, PARTS * parts]).tocsr(), seed)
        if vectors is not None:
            space = _with_model(space, vectors)
        small, centres = _seeds(space, seed)
        clusters = min(clusters, len(centres))
        cluster, merges = _joined(space, small, centres, clusters)
    candidates = tuple(
        _candidate(number, cluster, space, words, vocabulary) for number in range(int(cluster.max()) + 1)
    )
    return Discovery(cluster, candidates, merges)


def _vectors(texts: Sequence[str]) -> tuple[csr_matrix, list[str], csr_matrix]:
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer
    except ImportError:
        raise EngineMissing(
            "themes need scikit-learn, which is not installed. Run: pip install 'fullpicture[themes]'"
        ) from None
    stems = [_stems(text) for text in texts]
    if sum(map(bool, stems)) < 2:
        raise ValueError("fewer than two answers have words: there is nothing to find in them.")
    few = len(texts) < 500
    words = TfidfVectorizer(
        analyzer=str.split, min_df=1 if few else 2, max_df=1.0 if few else 0.3, sublinear_tf=True
    )
    parts = TfidfVectorizer(
        analyzer="char_wb",
        ngram_range=(4, 5),
        min_df=1 if few else 4,
        max_df=1.0 if few else 0.1,
        sublinear_tf=True,
    )
    joined = [" ".join(each) for each in stems]
    of_words = words.fit_transform(joined)
    of_parts = parts.fit_transform(joined)
    return of_words, words.get_feature_names_out().tolist(), of_parts


def _stems(text: str) -> list[str]:
    """The words of a text that mean something by themselves, without their endings."""
    return [
        _stem(word) for word in _WORD.findall(text.lower()) if len(word) > 1 and word not in _stop_words()
    ]


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


@cache
def _stop_words() -> frozenset[str]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return frozenset(ENGLISH_STOP_WORDS)


def _space(vectors: csr_matrix, seed: int) -> NDArray[np.float64]:
    """Answers in the latent space, each of length 1; one without words stays at its middle."""
    from sklearn.decomposition import TruncatedSVD
    from sklearn.preprocessing import normalize

    dimensions = max(1, min(DIMENSIONS, min(vectors.shape) - 1))
    return np.asarray(normalize(TruncatedSVD(dimensions, random_state=seed).fit_transform(vectors)))


def _with_model(space: NDArray[np.float64], vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    """What a sentence model says, in fewer dimensions, beside the words' own space; each row of length 1."""
    from sklearn.decomposition import PCA
    from sklearn.preprocessing import normalize

    dimensions = max(1, min(OF_MODEL, min(vectors.shape) - 1))
    said = normalize(PCA(dimensions, random_state=0, svd_solver="covariance_eigh").fit_transform(vectors))
    return np.asarray(normalize(np.hstack([said, WORDS_BESIDE * space])))


def _seeds(space: NDArray[np.float64], seed: int) -> tuple[NDArray[np.int_], NDArray[np.float64]]:
    from sklearn.cluster import KMeans

    different = len(np.unique(space.round(9), axis=0))
    model = KMeans(min(SEEDS, different), n_init=1, random_state=seed).fit(space)
    return model.labels_, model.cluster_centers_


def _joined(
    space: NDArray[np.float64], small: NDArray[np.int_], centres: NDArray[np.float64], clusters: int
) -> tuple[NDArray[np.int_], tuple[Merge, ...]]:
    """The clusters that Ward's tree of the small ones leaves, every answer at the nearest; and its top."""
    from scipy.cluster.hierarchy import fcluster, linkage

    if len(centres) == 1:
        return np.zeros(len(space), dtype=int), ()
    of_seed = fcluster(linkage(centres, "ward"), clusters, "maxclust") - 1
    middles = np.array([space[of_seed[small] == one].mean(axis=0) for one in range(int(of_seed.max()) + 1)])
    nearest = np.argmax(space @ middles.T / np.linalg.norm(middles, axis=1), axis=1)
    kept, cluster = np.unique(nearest, return_inverse=True)
    top = linkage(middles[kept], "ward") if len(kept) > 1 else np.zeros((0, 4))
    return cluster, tuple(Merge(int(row[0]), int(row[1]), float(row[2])) for row in top)


def _candidate(
    number: int,
    cluster: NDArray[np.int_],
    space: NDArray[np.float64],
    words: csr_matrix,
    vocabulary: Sequence[str],
) -> Candidate:
    """Words of several answers, by how much more they weigh in the cluster than elsewhere; answers by
    nearness to its middle."""
    inside = np.flatnonzero(cluster == number)
    apart = np.asarray(words[inside].mean(axis=0) - words.mean(axis=0)).ravel()
    said = words.getnnz(axis=0) >= SAID_BY
    best = [vocabulary[at] for at in np.argsort(-apart, kind="stable") if apart[at] > 0 and said[at]][:8]
    middle = space[inside].mean(axis=0)
    typical = inside[np.argsort(-(space[inside] @ middle), kind="stable")[:3]]
    return Candidate(number, len(inside), tuple(best), tuple(int(at) for at in typical))
