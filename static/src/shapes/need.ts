import { choice, choiceOrNull, isFields, text, textOrNull, type Fields } from './fields'

export const STAGES = ['heard', 'confirmed', 'accepted', 'declined', 'built', 'shown', 'solved', 'not_yet'] as const
export type Stage = (typeof STAGES)[number]

export const PASSED = ['stage', 'confirmed', 'merged', 'unmerged'] as const
export type Passed = (typeof PASSED)[number]

/** One line of what became of a need. */
export interface Milestone {
  event: Passed
  /** the stage it was at then */
  stage: Stage
  /** the need it was merged into or taken out of */
  other: string | null
  member: string | null
  /** the customer who confirmed it, or who was told */
  customer: string | null
  reason: string
  made_at: string
}

/** Something customers want. Unsorted until it has a title: until then only its voices say what it is. */
export interface Need {
  id: string
  /** where and by whom it was heard first */
  customer: string
  member: string
  title: string
  theme: string | null
  product: string | null
  memo: string
  /** what R&D answers its colleagues */
  answer: string
  /** the draft of what customers will read */
  customer_text: string
  stage: Stage
  owner: string | null
  merged_into: string | null
  /** oldest first */
  milestones: Milestone[]
  made_at: string
  /** Empty until the server has it. */
  received_at: string
}

/** One of a later version tells nothing here, rather than something else. */
function readMilestone(f: Fields): Milestone | undefined {
  const event = choiceOrNull(f, 'event', PASSED)
  if (event === null) return undefined
  return {
    event,
    stage: choice(f, 'stage', STAGES, 'heard'),
    other: textOrNull(f, 'other'),
    member: textOrNull(f, 'member'),
    customer: textOrNull(f, 'customer'),
    reason: text(f, 'reason'),
    made_at: text(f, 'made_at'),
  }
}

function readMilestones({ milestones }: Fields): Milestone[] {
  return Array.isArray(milestones) ? milestones.filter(isFields).flatMap((one) => readMilestone(one) ?? []) : []
}

export function readNeed(id: string, f: Fields): Need {
  return {
    id,
    customer: text(f, 'customer'),
    member: text(f, 'member'),
    title: text(f, 'title'),
    theme: textOrNull(f, 'theme'),
    product: textOrNull(f, 'product'),
    memo: text(f, 'memo'),
    answer: text(f, 'answer'),
    customer_text: text(f, 'customer_text'),
    stage: choice(f, 'stage', STAGES, 'heard'),
    owner: textOrNull(f, 'owner'),
    merged_into: textOrNull(f, 'merged_into'),
    milestones: readMilestones(f),
    made_at: text(f, 'made_at'),
    received_at: text(f, 'received_at'),
  }
}

/** What may follow what, when somebody says so. The rest follows from what customers are told and answer. */
const FOLLOWS: Readonly<Record<Stage, readonly Stage[]>> = {
  heard: ['confirmed', 'accepted', 'declined'],
  confirmed: ['accepted', 'declined'],
  accepted: ['built', 'declined'],
  declined: ['accepted'],
  built: ['accepted'],
  shown: ['accepted'],
  solved: ['accepted'],
  not_yet: ['accepted', 'built', 'declined'],
}

export function nextStages(stage: Stage): readonly Stage[] {
  return FOLLOWS[stage]
}

/** What customers are to hear of a need by now. */
export function lastTold({ milestones }: Need): Stage | undefined {
  return milestones.findLast(({ event, stage }) => event === 'stage' && (stage === 'built' || stage === 'declined'))?.stage
}

/** The stage once a customer has been told: what was built has been shown. */
export function afterTelling(stage: Stage): Stage {
  return stage === 'built' ? 'shown' : stage
}
