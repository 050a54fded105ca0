/** Why an entry was parked, each as a sentence with what the person can do. Keys are the server's codes. */
export const koCodes = {
  field: {
    note: '메모',
    text: '내용',
    plan_note: '계획 메모',
    reason: '이유',
    outcome: '결과',
    contact: '만난 사람',
    product: '제품',
    customer: '고객',
    site: '현장',
    visit: '방문',
    commitment: '약속',
    comment: '댓글',
    entry: '기록',
    minutes: '걸린 시간',
    planned_for: '방문 날짜',
    planned_time: '방문 시각',
    due_on: '약속 날짜',
    next_step: '다음에 할 일',
    step: '할 일',
    channel: '방식',
    position: '위치',
    choice: '고른 내용',
    conflict: '서로 다르게 고친 항목',
    unknown: '적은 내용',
  },
  parked: {
    bad_entry: () => '기록이 온전하지 않아 서버가 읽지 못했어요. 같은 내용을 새로 기록하고 이 기록은 버려 주세요.',
    schema_unknown: () => '서버가 알아보지 못하는 형식이에요. 같은 내용을 새로 기록하고 이 기록은 버려 주세요.',
    cycle: () => '서로를 기다리는 기록이라 먼저 등록될 것이 없어요. 하나를 고치거나 버려 주세요.',
    unknown_kind: () => '서버가 아직 모르는 기록이에요. 관리자가 서버를 새로 하면 다시 시도해 주세요.',
    schema_ahead: () => '이 앱이 서버보다 새로워요. 서버가 새로워지면 저절로 등록돼요.',
    field_required: (p: Params) => `${p.field} 항목이 비어 있어요. 고쳐서 보내 주세요.`,
    field_not_allowed: (p: Params) => `서버가 ${p.field} 항목을 받지 않아요. 같은 내용을 새로 기록해 주세요.`,
    field_type: (p: Params) => `${p.field} 항목을 서버가 읽지 못했어요. 고쳐서 보내 주세요.`,
    out_of_range: (p: Params) => `${p.field} 항목은 ${p.min}에서 ${p.max} 사이여야 해요. 고쳐서 보내 주세요.`,
    choice: (p: Params) => `${p.field} 항목에서 고를 수 없는 값이에요. 다시 골라서 보내 주세요.`,
    too_long: (p: Params) => `${p.field} 항목이 길어요. ${p.max}자까지 쓸 수 있으니 줄여서 보내 주세요.`,
    bad_characters: (p: Params) => `${p.field} 항목에 쓸 수 없는 글자가 있어요. 그 글자를 빼고 보내 주세요.`,
    // The moment of the entry itself: the phone's clock said it, and nobody can pick it again.
    bad_date: (p: Params) =>
      p.name === 'at'
        ? '기록한 시각을 서버가 읽지 못했어요. 같은 내용을 새로 기록하고 이 기록은 버려 주세요.'
        : `${p.field} 항목의 날짜가 달력에 없어요. 날짜를 다시 골라 주세요.`,
    bad_id: (p: Params) => `${p.field} 항목이 가리키는 것이 잘못됐어요. 같은 내용을 새로 기록해 주세요.`,
    not_found: (p: Params) => `${p.field} 항목이 서버에 없어요. 다른 것을 골라 고치거나 이 기록을 버려 주세요.`,
    row_deleted: (p: Params) => `${p.field} 항목이 그사이 지워졌어요. 다른 것을 골라 고치거나 이 기록을 버려 주세요.`,
    id_taken: () => '같은 번호의 기록이 이미 있어요. 같은 내용을 새로 기록하고 이 기록은 버려 주세요.',
    not_yours: () => '다른 사람의 방문이라 바꿀 수 없어요. 할 말은 댓글로 남기고 이 기록은 버려 주세요.',
    not_permitted: () => '이 일을 할 권한이 없어요. 팀장에게 권한을 부탁하고 다시 시도해 주세요.',
    actor_disabled: () => '계정이 멈춰 있어요. 관리자가 다시 열면 다시 시도해 주세요.',
    bad_transition: () => '그사이 방문 상태가 바뀌어 이 기록을 이어 붙일 수 없어요. 방문을 확인하고 버리거나 새로 기록해 주세요.',
    already_arrived: () => '이 방문은 이미 도착으로 저장됐어요. 이 기록은 버려도 돼요.',
    already_logged: () => '이 방문은 이미 기록됐어요. 방문을 열어 고치고 이 기록은 버려 주세요.',
    already_withdrawn: () => '이미 취소한 기록이에요. 이 기록은 버려도 돼요.',
    product_inactive: () => '더 이상 쓰지 않는 제품이에요. 다른 제품을 골라 고쳐 주세요.',
    waits_for: () => '앞의 기록이 먼저 등록되어야 해요. 앞의 기록을 고치면 이어서 등록돼요.',
    not_open: () => '이미 처리된 기록이라 고칠 것이 없어요. 이 기록은 버려도 돼요.',
    poison: () => '서버가 이 기록을 처리하다 여러 번 멈췄어요. 관리자에게 알리고 나중에 다시 시도해 주세요.',
    nothing_changed: () => '바뀐 내용이 없어요. 이 기록은 버려도 돼요.',
    quarantined: () => '사용이 중지된 휴대폰에서 보낸 기록이라 따로 두었어요. 관리자가 받아들이면 등록돼요.',
    returned: () => '팀장이 돌려보냈어요. 고쳐서 보내거나 버려 주세요.',
    device_revoked: () => '이 휴대폰의 사용이 중지됐어요. 기록은 그대로 있으니 관리자에게 알려 주세요.',
    conflict: () => '다른 사람도 같은 항목을 고쳤어요. 어느 내용을 쓸지 골라 주세요.',
    out_of_scope: () => '이제 담당 구역이 아니라 고칠 수 없어요. 담당자에게 알려 주고 이 기록은 버려 주세요.',
    external_id_taken: () => '다른 고객이 같은 외부 번호를 쓰고 있어요. 번호를 고쳐서 보내 주세요.',
    bad_location: () => '위치 값이 온전하지 않아요. 현장에서 위치를 다시 정해 주세요.',
    already_resolved: () => '다른 사람이 먼저 정했어요. 이 기록은 버려도 돼요.',
    unknown: () => '서버가 이 기록을 받지 않았어요. 다시 시도하거나 관리자에게 알려 주세요.',
  },
}

export interface Params {
  /** of the field, as the server calls it */
  name: string
  field: string
  min: string
  max: string
}
