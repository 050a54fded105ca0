import type { EntryOf } from '../shapes/entry'
import type { Need } from '../shapes/need'
import { NOTHING, type Ground, type Reducer } from './ground'
import { isElsewhere, isOutOfUse, newVoice } from './heard'
import { passed } from './milestone'

function newNeed({ at, args }: EntryOf<'need.note'>, ground: Ground): Need {
  const need: Need = {
    id: args.need,
    customer: args.customer,
    member: ground.actor.id,
    title: '',
    theme: args.theme ?? null,
    product: args.product ?? null,
    memo: '',
    answer: '',
    customer_text: '',
    stage: 'heard',
    owner: null,
    merged_into: null,
    milestones: [],
    made_at: at,
    received_at: '',
  }
  return passed(need, at, ground)
}

export const noteNeed: Reducer<'need.note'> = (entry, ground) => {
  const { at, args } = entry
  if (ground.voice(args.voice) !== undefined || isElsewhere(args, ground) || isOutOfUse(args.product, ground)) return NOTHING
  const { text, how = 'said', importance = null } = args
  const voice = { ...newVoice(args.voice, args, at, ground), need: args.need, text, how, importance }
  return { ...(ground.need(args.need) === undefined ? { need: [newNeed(entry, ground)] } : {}), voice: [voice] }
}
