#!/usr/bin/python3
"""check_plan.py PROGRAM: compares the numbering plan of the detectors with libphonenumber's metadata for the United Kingdom, Guernsey,
Jersey and Man (Debian: python3-phonenumbers). Skips (77) where that package is missing.

PROGRAM prints a line for each four digits behind the trunk 0: the digits, a kind or "none", and 1 where nine digits may do."""
import re
import subprocess
import sys

try:
    from phonenumbers import PhoneMetadata
except ImportError:
    print("python3-phonenumbers is not installed: skipped")
    sys.exit(77)

PLACES = [PhoneMetadata.metadata_for_region(place) for place in ("GB", "GG", "JE", "IM")]
# What the metadata calls it, and what we call it. Pagers and personal numbers are no mobiles of ours.
KINDS = {
    "phone-landline": ["fixed_line"],
    "phone-mobile": ["mobile"],
    "phone-other": ["premium_rate", "toll_free", "uan", "voip", "pager", "personal_number", "shared_cost"],
}
# Given out to nobody, so no metadata has it: kept for drama.
DRAMA = {"1632"}


def patterns(fields):
    """Those of the places, as one."""
    found = set()
    for place in PLACES:
        for field in fields:
            description = getattr(place, field)
            if description and description.national_number_pattern:
                found.add(f"(?:{description.national_number_pattern})")
    return [re.compile("|".join(sorted(found)))]


def given_out(compiled, prefix, length):
    """Whether some number of this length begins with the prefix. Two digits more decide, the rest may be anything."""
    for middle in range(100):
        number = f"{prefix}{middle:02d}".ljust(length, "0")
        if any(one.fullmatch(number) for one in compiled):
            return True
    return False


def main():
    compiled = {kind: patterns(fields) for kind, fields in KINDS.items()}
    seen, wrong = 0, []
    for line in subprocess.run([sys.argv[1]], capture_output=True, text=True, check=True).stdout.splitlines():
        prefix, ours, short = line.split()
        seen += 1
        if prefix in DRAMA:
            continue
        theirs = {kind for kind, some in compiled.items() if given_out(some, prefix, 10)}
        # A plan that goes ahead of what is given out (mobiles, the digit behind a city's 011x or 01x1) misses nothing.
        if theirs and ours not in theirs:
            wrong.append(f"0{prefix}: ours {ours}, theirs {' '.join(sorted(theirs))}")
        if not theirs and ours == "phone-landline" and "1" not in prefix[1:3]:
            wrong.append(f"0{prefix}: ours {ours}, theirs none")
        if prefix[0] == "1" and given_out(compiled["phone-landline"], prefix, 9) != (short == "1"):
            wrong.append(f"0{prefix}: of nine digits, ours {short}")
    print("\n".join(wrong) or f"{seen} beginnings agree")
    return 1 if wrong or seen != 9000 else 0


if __name__ == "__main__":
    sys.exit(main())
