"""Needs as they are told in field service, invented for these tests: groups of the same one in other words."""

SAME: dict[str, list[str]] = {
    "noise": [
        "펌프 소음이 너무 커서 옆 사무실에서 민원이 들어와요",
        "펌프가 시끄러워요. 조용하게 해 주세요",
        "The pump is too loud",
    ],
    "battery": ["배터리가 반나절도 못 가요", "배터리 오래 가는 걸로 바꾸고 싶어요", "The battery should last longer"],
    "price": ["단가를 낮춰 주시면 좋겠습니다", "가격 할인이 필요합니다", "We need a price reduction"],
    "manual": ["설명서가 영어라서 현장 사람들이 못 읽어요", "한글 매뉴얼을 보내 주세요"],
    "alarm": ["알람이 울려도 현장에서 안 들립니다", "경보음을 더 크게 해 주세요"],
    "parts": ["부품이 오는 데 3주나 걸립니다", "부품 납기를 줄여 주세요", "Spare parts take too long to arrive"],
    "leak": ["밸브 이음매에서 물이 샙니다", "밸브 누수를 막아 주세요"],
    "report": [
        "점검 보고서를 엑셀로 받고 싶습니다",
        "검사 결과를 엑셀 파일로 보내 주세요",
        "Send us the inspection report as an Excel file",
    ],
    "training": ["새로 온 작업자 교육을 해 주세요", "신입 직원들에게 사용법을 가르쳐 주셨으면 합니다"],
    "repair": ["A/S 기사님이 너무 늦게 옵니다", "고장 나면 수리하러 오는 데 오래 걸려요"],
    "screen": ["화면 글씨가 작아서 안 보여요", "디스플레이 글자를 크게 해 주세요"],
    "cleaning": ["필터 청소가 너무 번거롭습니다", "필터를 쉽게 닦을 수 있으면 좋겠어요"],
}
"""Every text with the name of its group."""
TEXTS: list[tuple[str, str]] = [(group, text) for group, texts in SAME.items() for text in texts]
