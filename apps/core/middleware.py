"""What is asked of every request before a page sees it."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

NUL, UNKNOWN = "%00", "%EF%BF%BD"  # as they stand in a query: the letter, and the one that stands for any unreadable


def without_nul(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The database refuses a NUL letter in any text that it is asked for, and no page needs to know.

    An address with one names nothing; in the question behind the address it becomes a letter that nothing has.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            raise Http404
        if NUL in request.META["QUERY_STRING"]:
            request.META["QUERY_STRING"] = request.META["QUERY_STRING"].replace(NUL, UNKNOWN)
        return get_response(request)

    return answer
