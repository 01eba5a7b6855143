"""An emulated Bitrix24 portal, to be run as a process of its own.

Written from the reference of the vendor's REST interface and from no client, so that a client's
misunderstanding shows. Start it with ``python -m tests.servers.bitrix24 --state DIR``; tests use
``tests.servers.portal.Portal``.

Signing in by OAuth: the portal (``portal.url``) has the login page, a second address
(``portal.sign_in_url``, the vendor's ``oauth.bitrix.info``) has ``/oauth/token/``::

    app = portal.control.add_app("http://127.0.0.1:7000/", scopes=["crm", "calendar", "user"])
    with ScriptedBrowser(portal) as browser:              # tests.servers.browser
        target = browser.sign_in(portal.authorize_url(app["client_id"], state), user=7)
    answer_of(target)                    # code, state, domain, member_id, scope, server_domain
    pair = portal.control.issue_tokens(app["client_id"], portal.url)    # without any sign-in
    portal.control.expire_access(app["client_id"])        # calls answer expired_token
    portal.control.revoke_tokens(app["client_id"])        # NO_AUTH_FOUND, invalid_grant
    portal.control.token_requests()      # {"refresh_token": 1, ...; "at_portal": secrets astray}
    portal.control.change_app(app["client_id"], scopes=["crm"], installed=False, ...)
    portal.control.configure_sign_in(member_id=..., server_domain="evil.example")
    portal.control.rename("localhost")   # 302, and the next pair has the new address

Methods for applications alone go by ``/rest/<method>`` with ``"auth": pair["access_token"]``;
``user=1`` is the administrator whom badges, activity types and offline events ask for.

The CRM: ``add_contact``, ``add_company``, ``add_lead``, ``add_deal``, ``add_user_field``,
``add_status``, ``seed_contacts/deals/leads/timeline``; what the reference leaves open are switches
of ``configure_crm`` (``crm_behaviour``) and ``configure`` (``settings``). ``set_limits`` and
``set_typical_costs`` set the pace; with ``set_clock(…, frozen=True)`` and ``advance`` a working day
passes at once, for bucket, ``operating`` and tokens alike.

All lives (code 30 s, access 1 h, refresh 180 days) go by the portal's clock: ``advance``. Faults
meet ``oauth.token`` and ``oauth.authorize`` as they meet any method.
"""
