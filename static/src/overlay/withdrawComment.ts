import { utc } from '../shapes/time'
import { NOTHING, type Reducer } from './ground'
import { isMine } from './rights'

export const withdrawComment: Reducer<'comment.withdraw'> = ({ at, args }, ground) => {
  const comment = ground.comment(args.comment)
  if (comment === undefined || !isMine(comment, ground) || comment.withdrawn_at !== null) return NOTHING
  return { comment: [{ ...comment, withdrawn_at: utc(at) }] }
}
