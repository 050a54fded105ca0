"""When a promise is due, what was used of it, and what every minute counted for. Pure: it knows moments, no rows.

business   when work is done: slots of a week in a time zone, without holidays
clock      what became of one promise, from the moments at which its clock was turned
holidays   the public holidays of a country
"""

from tickets.clocks.business import BusinessTime, NoWorkingHour, Slots, Stretch
from tickets.clocks.clock import Moment, NotStarted, Reading, Span, Turn, read_clock

__all__ = [
    "BusinessTime",
    "Moment",
    "NoWorkingHour",
    "NotStarted",
    "Reading",
    "Slots",
    "Span",
    "Stretch",
    "Turn",
    "read_clock",
]
