"""Numbers that prove themselves."""

from __future__ import annotations


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits are an NHS number: the last is 11 less the weighted sum of the others modulo 11.

    Weights 10 to 2; a remainder that gives 11 stands for 0, and one that gives 10 is never issued
    (NHS Data Dictionary, NHS NUMBER).

    Examples:
        >>> is_nhs_number("9434765919"), is_nhs_number("9434765918")
        (True, False)
    """
    if len(digits) != 10 or not digits.isdigit():
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return (11 - total % 11) % 11 == int(digits[9])


def is_national_insurance_prefix(letters: str) -> bool:
    """Whether two letters begin a National Insurance number.

    Never D, F, I, Q, U or V, no O in second place, and not BG, GB, KN, NK, NT, TN or ZZ (HMRC, NIM39110).
    """
    first, second = letters[0].upper(), letters[1].upper()
    if {first, second} & set("DFIQUV") or second == "O":
        return False
    return first + second not in {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}
