import ArrowDown from '@lucide/svelte/icons/arrow-down'
import Ban from '@lucide/svelte/icons/ban'
import CircleCheck from '@lucide/svelte/icons/circle-check'
import CircleDot from '@lucide/svelte/icons/circle-dot'
import CircleSmall from '@lucide/svelte/icons/circle-small'
import CirclePause from '@lucide/svelte/icons/circle-pause'
import Eye from '@lucide/svelte/icons/eye'
import Flag from '@lucide/svelte/icons/flag'
import Lock from '@lucide/svelte/icons/lock'
import Minus from '@lucide/svelte/icons/minus'
import RotateCcw from '@lucide/svelte/icons/rotate-ccw'
import Search from '@lucide/svelte/icons/search'
import ShieldCheck from '@lucide/svelte/icons/shield-check'
import Siren from '@lucide/svelte/icons/siren'

/** Each severity and state has a shape of its own, since colour alone tells nobody anything. */
export const SEVERITY_ICONS = { low: ArrowDown, normal: Minus, high: Flag, urgent: Siren } as const
export const SEVERITY_TONES = {
  low: 'text-muted',
  normal: 'text-muted',
  high: 'text-warning',
  urgent: 'text-error',
} as const

export const STATE_ICONS = {
  open: CircleSmall,
  assigned: CircleDot,
  waiting: CirclePause,
  solved: CircleCheck,
  closed: Lock,
  withdrawn: Ban,
} as const
export const STATE_TONES = {
  open: 'text-primary',
  assigned: 'text-primary',
  waiting: 'text-warning',
  solved: 'text-success',
  closed: 'text-muted',
  withdrawn: 'text-muted',
} as const

export const CAUSE_ICONS = { finding: Search, watching: Eye, back: RotateCcw, proved: ShieldCheck } as const
export const CAUSE_TONES = {
  finding: 'text-primary',
  watching: 'text-muted',
  back: 'text-error',
  proved: 'text-success',
} as const
