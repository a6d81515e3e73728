"""What every page tells the browser besides its contents. (Django and django-csp add theirs; settings.py says which.)"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# The product asks for none of these: what a page cannot ask for, nobody can ask for in its name.
UNUSED = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone",
          "midi", "payment", "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking")  # fmt: skip
HEADERS = {
    # Office machines are shared: after 退出 the way back shows nothing, and no proxy keeps a page. Files of the build are
    # answered before this, by whitenoise, and keep their long time.
    "Cache-Control": "private, no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in UNUSED),
    "X-Robots-Tag": "noindex, nofollow",
}


class HeadersMiddleware:
    """Adds HEADERS to every answer, pages of errors too. Stands right behind whitenoise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response
