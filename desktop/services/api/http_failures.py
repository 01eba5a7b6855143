"""Which of our failures an HTTP error is: was anything sent, and who stands in the way?"""

import socket
import ssl

import httpx

from desktop.domain.errors import AppError, OfflineError, OutcomeUnknownError, Unreachable

_NOTHING_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)
_OTHER_HOST = 62  # X509_V_ERR_HOSTNAME_MISMATCH
_OTHER_ADDRESS = 64  # X509_V_ERR_IP_ADDRESS_MISMATCH
_LONGEST_CHAIN = 12


def failure_of(error: BaseException) -> AppError:
    """`OfflineError` where not a byte of the request left us, else `OutcomeUnknownError`.

    The result carries nothing of ``error``, whose text and request hold the address.
    """
    if not isinstance(error, _NOTHING_SENT):
        return OutcomeUnknownError()
    if isinstance(error, httpx.ProxyError):
        return OfflineError(Unreachable.PROXY)
    if isinstance(error, httpx.InvalidURL):
        return OfflineError(Unreachable.NO_DNS)
    return OfflineError(_reason(error))


def _reason(error: BaseException) -> Unreachable:
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            other = cause.verify_code in (_OTHER_HOST, _OTHER_ADDRESS)
            return Unreachable.CAPTIVE_PORTAL if other else Unreachable.BAD_CERTIFICATE
        if isinstance(cause, ssl.SSLError):
            return Unreachable.BAD_CERTIFICATE
        if isinstance(cause, socket.gaierror):
            return Unreachable.NO_DNS
    return Unreachable.NO_ANSWER


def _causes(error: BaseException) -> list[BaseException]:
    """The error and what it was raised from; of a group every member."""
    found: list[BaseException] = []
    waiting: list[BaseException | None] = [error]
    while waiting and len(found) < _LONGEST_CHAIN:
        cause = waiting.pop(0)
        if cause is None or cause in found:
            continue
        found.append(cause)
        if isinstance(cause, BaseExceptionGroup):
            waiting.extend(cause.exceptions)
        waiting += [cause.__cause__, cause.__context__]
    return found
