import { readNews, type News } from '../shapes/messages'

export interface StreamAddress {
  org: string
  replica: string
}

/**
 * Listens for news: that there is something, never what. A browser gives an EventSource up for good after any
 * refusal, so `onEnd` tells the caller to open a new one later.
 */
export function openStream(address: StreamAddress, onNews: (news: News) => void, onEnd: () => void): () => void {
  const source = new EventSource(`/api/sync/v1/stream?${new URLSearchParams({ ...address })}`)
  source.onmessage = (event: MessageEvent<string>) => {
    const news = readNews(event.data)
    if (news !== undefined) onNews(news)
  }
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) onEnd()
  }
  return () => source.close()
}
