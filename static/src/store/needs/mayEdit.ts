import { editsNeeds } from '../../overlay/rights'
import { liveRead, type Live } from '../live'
import { readProjection } from '../projection'

/** Whether I sort needs and answer for them. */
export const mayEditNeeds: Live<boolean | undefined> = liveRead(async (db) => editsNeeds((await readProjection(db)).actor))
