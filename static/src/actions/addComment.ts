import { newId } from '../shapes/id'
import type { Saved } from './refusal'
import { save } from './save'

export interface AddComment {
  comment?: string
  visit: string
  text: string
}

export async function addComment(args: AddComment): Promise<Saved> {
  const comment = args.comment ?? newId()
  return save('comment.add', { comment, visit: args.visit, text: args.text }, comment)
}
