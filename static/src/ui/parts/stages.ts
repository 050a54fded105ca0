import CircleCheck from '@lucide/svelte/icons/circle-check'
import CircleDot from '@lucide/svelte/icons/circle-dot'
import CircleSlash from '@lucide/svelte/icons/circle-slash'
import Ear from '@lucide/svelte/icons/ear'
import Eye from '@lucide/svelte/icons/eye'
import Hammer from '@lucide/svelte/icons/hammer'
import RotateCcw from '@lucide/svelte/icons/rotate-ccw'
import UserCheck from '@lucide/svelte/icons/user-check'

/** Each stage has a shape of its own, since colour alone tells nobody anything. */
export const STAGE_ICONS = {
  heard: Ear,
  confirmed: UserCheck,
  accepted: CircleDot,
  declined: CircleSlash,
  built: Hammer,
  shown: Eye,
  solved: CircleCheck,
  not_yet: RotateCcw,
} as const

export const STAGE_TONES = {
  heard: 'text-muted',
  confirmed: 'text-primary',
  accepted: 'text-primary',
  declined: 'text-muted',
  built: 'text-success',
  shown: 'text-success',
  solved: 'text-success',
  not_yet: 'text-warning',
} as const
