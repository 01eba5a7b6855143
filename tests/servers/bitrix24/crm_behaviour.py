"""What the reference leaves open about the CRM, as switches for tests."""

import msgspec


class CrmBehaviour(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Defaults are what the reference calls observed or most probable."""

    todo_calendar: bool = True
    """To-dos honour the undocumented ``settings`` blocks; False: they are ignored."""
    simple_crm: bool = False
    """True: a portal without leads."""
    unknown_type_code: str = "NOT_FOUND"
    """What ``crm.item.*`` says to an ``entityTypeId`` of nothing (or ENTITY_TYPE_NOT_SUPPORTED)."""
    items_take_upper_case: bool = True
    """``crm.item.list`` understands ``ID`` in filter and order, as public clients rely on."""
    notify_value_kept: bool = True
    """``NOTIFY_VALUE`` of an activity is stored."""
    phone_moves_date_modify: bool = True
    """False: an old release in which a changed phone alone leaves ``DATE_MODIFY``."""
    webhook_app_info: bool = False
    """True: a release that answers ``app.info`` to a webhook with scope and licence."""
    profile_offset: bool = False
    """``profile`` tells ``TIME_ZONE_OFFSET``, as newer releases do."""
    user_select: bool = True
    """False: an older release whose ``user.get`` does not know ``select``."""
    languages: list[str] = msgspec.field(default_factory=lambda: ["en", "de", "ru"])
    """Installed on the portal; others are WRONG_LANG in the texts of a layout."""
    offline_queue: bool = True
    """The plan has the confirmation mode of offline events (``rest_offline_extended``)."""
    rest3: bool = True
    """False: a release without ``/rest/api/``."""
    rest3_methods: list[str] = msgspec.field(
        default_factory=lambda: ["tasks.task.get", "tasks.task.list", "humanresources.node.get"]
    )
    """What ``rest.documentation.openapi`` lists beside its own."""
