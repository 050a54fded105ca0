"""What an organization that has set up nothing yet begins with: chips in its language, and office hours."""

from __future__ import annotations

from core.ids import uuid7
from people.models import Organization
from sync.changes import Unit
from tickets.actions.promises import add_calendar, add_chip
from tickets.models import BusinessCalendar, Chip

Sort = Chip.Sort

CHIPS: dict[str, dict[str, tuple[str, ...]]] = {
    "ko": {
        Sort.CATEGORY: ("고장", "성능 저하", "소음·진동", "설치·이전", "사용 문의", "소모품"),
        Sort.CAUSE: ("부품 마모", "설정 오류", "전원·배선", "오염·막힘", "사용 환경", "사용 방법", "제품 결함"),
        Sort.FIX: ("부품 교체", "설정 변경", "청소", "수리", "재시작", "사용 안내", "임시 조치"),
    },
    "en": {
        Sort.CATEGORY: ("Broken", "Poor performance", "Noise, vibration", "Installation", "How to use it", "Supplies"),
        Sort.CAUSE: ("Worn part", "Wrong setting", "Power, wiring", "Dirt, blockage", "Surroundings", "Use", "Defect"),
        Sort.FIX: ("Part replaced", "Setting changed", "Cleaned", "Repaired", "Restarted", "Explained", "Stopgap"),
    },
}
OFFICE_HOURS = [(weekday, start, end) for weekday in range(5) for start, end in ((540, 720), (780, 1080))]
NAMES = {"ko": "근무 시간", "en": "Office hours"}
COUNTRIES = {"Asia/Seoul": "KR"}


def start_tickets(unit: Unit, organization: Organization) -> int:
    """Adds the chips of each sort that has none, and a calendar where there is none. Returns how many rows it made."""
    language = organization.language if organization.language in CHIPS else "en"
    made = 0
    for sort, names in CHIPS[language].items():
        if not Chip.objects.alive().filter(sort=sort).exists():
            for place, name in enumerate(names):
                add_chip(unit, id=uuid7(), sort=sort, name=name, place=place)
            made += len(names)
    if not BusinessCalendar.objects.alive().exists():
        add_calendar(
            unit,
            id=uuid7(),
            name=NAMES[language],
            slots=OFFICE_HOURS,
            time_zone=organization.time_zone,
            country=COUNTRIES.get(organization.time_zone, ""),
        )
        made += 1
    return made
