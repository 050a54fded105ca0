/**
 * Words of field service that mean much the same, by how they begin: a phone has no dictionary. One line is one meaning.
 * The server, which has an encoder, needs none of it.
 */
const MEANINGS = `
소음 시끄 시끌 조용 noise noisy loud quiet
가격 단가 비용 비싸 비싼 할인 저렴 price cost expensive cheap discount
고장 망가 먹통 에이에스 수리 고치 고쳐 broken repair fix fault failure
배터리 건전지 충전 방전 battery charge
느리 느려 느림 늦게 늦어 오래 지연 slow late delay
납기 납품 배송 도착 입고 delivery shipping arrive
부품 자재 소모품 parts spare
설명서 매뉴얼 메뉴얼 사용법 안내서 manual instruction guide
교육 훈련 가르 배우 training teach learn
보고서 리포트 성적서 report
화면 디스플레이 모니터 액정 screen display
글씨 글자 폰트 font letters
버튼 스위치 단추 button switch
알람 알림 경보 경고 alarm alert warning
누수 새요 샙니 샌다 새는 새고 leak
청소 세척 닦 clean wash
무거 무겁 무게 가벼 heavy light weight
뜨거 뜨겁 과열 발열 온도 hot heat temperature
전기 전력 전원 power electric
안전 위험 사고 다치 다칠 safety danger accident
설치 시공 install
교체 교환 바꾸 바꿔 replace exchange
점검 검사 정비 inspect maintenance check
재고 물량 stock inventory
불량 하자 defect
색 색상 컬러 color colour
크기 사이즈 size
앱 어플 애플리케이션 프로그램 소프트웨어 app software
인터넷 와이파이 네트워크 통신 internet wifi network
비밀번호 로그인 암호 password login
`

/** Beginning of a word → the numbers of its meanings, by its first character. */
const beginnings = new Map<string, [beginning: string, meaning: number][]>()
MEANINGS.trim()
  .split('\n')
  .forEach((line, meaning) => {
    for (const beginning of line.split(' ')) {
      const first = beginning.charAt(0)
      beginnings.set(first, [...(beginnings.get(first) ?? []), [beginning, meaning]])
    }
  })

/** What a word may mean: numbers that other words of the same meaning have as well. A Latin word is compared as a whole. */
export function meaningsOf(word: string): number[] {
  const found = (beginnings.get(word.charAt(0)) ?? []).filter(([beginning]) => word.startsWith(beginning))
  return found.filter(([beginning]) => !isLatin(beginning) || isForm(word, beginning)).map(([, meaning]) => meaning)
}

function isLatin(word: string): boolean {
  return /^[a-z]/.test(word)
}

/** The same English word, perhaps in its plural or past. */
function isForm(word: string, beginning: string): boolean {
  return /^(s|es|d|ed|ing|er|y)?$/.test(word.slice(beginning.length))
}
