import CircleX from '@lucide/svelte/icons/circle-x'
import Equal from '@lucide/svelte/icons/equal'
import TrendingUp from '@lucide/svelte/icons/trending-up'
import TriangleAlert from '@lucide/svelte/icons/triangle-alert'

/** Each outcome has a shape of its own, since colour alone tells nobody anything. */
export const OUTCOME_ICONS = {
  progress: TrendingUp,
  no_change: Equal,
  problem: TriangleAlert,
  not_met: CircleX,
} as const

export const OUTCOME_TONES = {
  progress: 'text-success',
  no_change: 'text-muted',
  problem: 'text-error',
  not_met: 'text-muted',
} as const
