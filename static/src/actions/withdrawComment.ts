import type { Saved } from './refusal'
import { save } from './save'

export interface WithdrawComment {
  comment: string
}

export async function withdrawComment({ comment }: WithdrawComment): Promise<Saved> {
  return save('comment.withdraw', { comment }, comment)
}
