"""Records as an enemy would write them."""

from hypothesis import strategies as st

ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**19), 10**19)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.sampled_from(
        [
            "0",
            "-1",
            "43",
            "Y",
            "9" * 30,
            "9999-12-31T00:00:00+01:00",
            "0001-01-01T00:00:00+14:00",
            "2026-11-17T12:00:00+01:00",
            "2026-11-17T12:00:00",
            "Wed Dec 31 9999 23:59:59",
            "Mon Jan 01 0001 00:00:00",
            "Wed Dec 11 2024 17:59:00",
            "12/11/2024 05:59:00 pm",
            "31.12.9999 23:59:59",
            "Europe/Riga",
            "../../etc/passwd",
            "Etc/Nowhere",
            "86399",
            "253402300799",
            "C_15",
        ]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "ID",
                    "VALUE",
                    "VALUE_TYPE",
                    "FREQ",
                    "INTERVAL",
                    "BYDAY",
                    "UNTIL",
                    "UNTIL_TS",
                    "~UNTIL",
                    "COUNT",
                    "type",
                    "count",
                    "id",
                    "status",
                    "ENTITY_ID",
                    "add",
                    "edit",
                    "ENTITY_TYPE_ID",
                    "COMMENT_XML_ID",
                    "0",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=6,
)


def rows(*names: str) -> st.SearchStrategy[dict[str, object]]:
    """Objects with some of these keys and any values; the id is mostly a good one."""
    identity = st.sampled_from(["7", 7, "8"]) | ANY
    return st.fixed_dictionaries({"ID": identity}, optional=dict.fromkeys(names, ANY))
