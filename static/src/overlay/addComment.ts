import { NOTHING, type Reducer } from './ground'

export const addComment: Reducer<'comment.add'> = ({ at, args }, ground) => {
  if (ground.comment(args.comment) !== undefined) return NOTHING
  const { comment: id, visit, text } = args
  return { comment: [{ id, visit, member: ground.actor.id, text, withdrawn_at: null, made_at: at, received_at: '' }] }
}
