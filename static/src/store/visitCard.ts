import { commentsOfVisits } from '../db/comments'
import { commitmentsOfVisits } from '../db/commitments'
import { byId } from '../db/read'
import type { Phone } from '../db/schema'
import { visitsById } from '../db/visits'
import type { Comment } from '../shapes/comment'
import { rowKey } from '../shapes/touches'
import type { Visit } from '../shapes/visit'
import { commitmentLines, markOf, visitLines } from './lineOf'
import { compare, openFirst } from './order'
import { over } from './over'
import { present } from './present'
import { readProjection, type Projection } from './projection'
import { shownById } from './shared'
import type { CommentLine, VisitCard } from './visits'

async function commentLines(db: Phone, projection: Projection, visit: string): Promise<CommentLine[]> {
  const base = await commentsOfVisits(db, [visit])
  const rows = over(base, projection.overlay.comment, (row) => row.visit === visit)
  const authors = await byId(db, 'member', rows.map((row) => row.member))
  const oldestFirst = (a: Comment, b: Comment) => compare(a.id, b.id)
  return rows.sort(oldestFirst).map((comment) => ({
    comment,
    ...markOf(projection, rowKey('comment', comment.id), comment.member),
    ...present<Pick<CommentLine, 'author'>>({ author: authors.get(comment.member) }),
  }))
}

async function details(db: Phone, projection: Projection, visit: Visit): Promise<Partial<Pick<VisitCard, 'contact' | 'product'>>> {
  const contact = visit.contact === null ? undefined : (await shownById(db, projection, 'contact', [visit.contact])).get(visit.contact)
  const product = visit.product === null ? undefined : (await byId(db, 'product', [visit.product])).get(visit.product)
  return present<Pick<VisitCard, 'contact' | 'product'>>({ contact, product })
}

/** Everything about one visit; null when this phone does not hold it. */
export async function readVisitCard(db: Phone, id: string): Promise<VisitCard | null> {
  const projection = await readProjection(db)
  const visit = projection.overlay.visit.get(id) ?? (await visitsById(db, [id]))[0]
  if (visit === undefined) return null
  const [line] = await visitLines(db, projection, [visit])
  const promises = over(await commitmentsOfVisits(db, [id]), projection.overlay.commitment, (row) => row.visit === id)
  return {
    ...line!,
    ...(await details(db, projection, visit)),
    comments: await commentLines(db, projection, id),
    commitments: await commitmentLines(db, projection, promises.sort(openFirst)),
    pendingKinds: projection.standings.get(rowKey('visit', id))?.kinds ?? [],
  }
}
