# ruff: noqa: E501 - a table reads best with a zone per line
"""Where the first digits of a phone number tell the time in countries that have several.

Digits are those of the national number. What is missing here, mobile numbers in most countries
above all, tells nothing. Sources: the numbering plans of the countries as the ITU lists them.
"""

_PREFIXES = """
US America/New_York: 201 202 203 207 212 215 216 220 223 227 229 234 239 240 252 267 272 276 283 301 302 304 305 315 321 324 326 329 330 332 336 339 347 351 352 363 380 381 386 401 404 407 410 412 413 419 434 436 440 443 445 470 475 478 484 508 513 516 518 540 551 561 567 570 571 582 585 586 603 607 609 610 614 617 624 631 640 645 646 656 667 678 680 681 686 689 703 704 716 717 718 724 727 728 729 732 734 740 743 754 757 762 770 771 772 774 781 786 802 803 804 810 813 814 821 826 828 835 838 839 843 845 848 854 856 857 860 862 863 864 878 904 908 910 912 914 917 919 929 934 937 941 943 947 948 954 959 973 978 980 983 984 989
US America/Chicago: 205 214 217 218 224 225 228 235 251 254 256 262 274 281 309 312 314 316 318 319 320 325 327 331 334 337 346 361 405 409 414 417 430 447 457 464 469 471 479 501 504 507 512 515 534 539 557 563 572 573 580 601 608 612 615 618 629 630 636 641 651 659 660 662 682 708 712 713 715 726 730 731 737 763 769 773 779 815 816 817 832 847 861 870 872 901 903 913 918 920 936 938 940 945 952 956 972 975 979 985
US America/Denver: 303 307 385 406 435 505 575 719 720 801 915 970
US America/Phoenix: 480 520 602 623
US America/Los_Angeles: 206 209 213 253 279 310 323 341 350 360 369 408 415 424 425 442 503 509 510 530 559 562 564 619 626 628 650 657 661 669 702 707 714 725 738 747 760 775 805 818 820 831 837 840 858 909 916 925 949 951 971
US Pacific/Honolulu: 808
CA America/Toronto: 226 249 263 289 343 354 365 367 382 387 416 418 437 438 450 468 514 519 548 579 581 613 647 683 705 742 753 819 873 905 942
CA America/Halifax: 428 506 782 902
CA America/Winnipeg: 204 431 584
CA America/Regina: 306 474 639
CA America/Edmonton: 368 403 587 780 825
CA America/Vancouver: 604
RU Europe/Kaliningrad: 401
RU Europe/Moscow: 47 48 49 81 820 821 831 833 834 835 836 841 843 844 847 855 86 87
RU Europe/Samara: 341 846 848
RU Europe/Saratov: 845
RU Europe/Ulyanovsk: 842
RU Europe/Astrakhan: 851
RU Asia/Yekaterinburg: 342 343 345 346 347 349 351 352 353
RU Asia/Omsk: 381
RU Asia/Tomsk: 382
RU Asia/Novosibirsk: 383
RU Asia/Novokuznetsk: 384
RU Asia/Barnaul: 385 388
RU Asia/Krasnoyarsk: 390 391 394
RU Asia/Irkutsk: 301 395
RU Asia/Chita: 302
RU Asia/Yakutsk: 4112 416
RU Asia/Vladivostok: 421 423 426
RU Asia/Sakhalin: 4242
RU Asia/Magadan: 4132
RU Asia/Kamchatka: 4152
ES Atlantic/Canary: 822 828 922 928
ES Europe/Madrid: 81 83 84 85 86 87 88 91 93 94 95 96 97 98 920 921 923 924 925 926 927
PT Atlantic/Azores: 292 295 296
PT Atlantic/Madeira: 291
PT Europe/Lisbon: 21 22 23 24 25 26 27 28
UA Europe/Kyiv: 3 4 5 61 63 66 67 68 9
AU Australia/Sydney: 2
AU Australia/Melbourne: 3
AU Australia/Brisbane: 7
AU Australia/Perth: 861 862 863 864 865 89
AU Australia/Adelaide: 87 881 882 883 884 885 886 887 888
AU Australia/Darwin: 889
BR America/Sao_Paulo: 1 2 3 41 42 43 44 45 46 47 48 49 5 61 62 64 71 73 74 75 77
BR America/Fortaleza: 79 8 98 99
BR America/Manaus: 65 66 67 69 92 95
MX America/Mexico_City: 55 56 33 81 222 442 477 999
MX America/Cancun: 998 984
MX America/Tijuana: 664 686
MX America/Hermosillo: 662
CL America/Santiago: 2 41 51 71 73
CL America/Punta_Arenas: 61
EC America/Guayaquil: 2 3 4 6 7
ID Asia/Jakarta: 21 22 24 31
ID Asia/Makassar: 361 411
ID Asia/Jayapura: 967
"""


def _table() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = {}
    for line in _PREFIXES.strip().splitlines():
        key, _, prefixes = line.partition(": ")
        country, zone = key.split()
        table.setdefault(country, {}).update(dict.fromkeys(prefixes.split(), zone))
    return table


_ZONES = _table()
_LONGEST_PREFIX = 4


def zone_of_prefix(country: str, national: str) -> str | None:
    """The zone that a national number belongs to; the longest known prefix decides."""
    zones = _ZONES.get(country, {})
    for length in range(_LONGEST_PREFIX, 0, -1):
        if (zone := zones.get(national[:length])) is not None:
            return zone
    return None
