import { dropDraft, loadDraft, saveDraft } from '../store/drafts'

/** Words for others, kept with every keystroke until they are sent. */
export function keptText(key: () => string, max: number) {
  let text = $state('')

  $effect(() => {
    void loadDraft<string>(key()).then((kept) => {
      if (kept && !text) text = kept
    })
  })

  return {
    get text() {
      return text
    },
    get canSend() {
      return text.trim() !== '' && text.length <= max
    },
    write(next: string) {
      text = next
      void saveDraft(key(), next)
    },
    async send(post: (words: string) => Promise<unknown>) {
      await post(text.trim())
      await dropDraft(key())
      // Last of all: an empty field says that the next one can be written and sent.
      text = ''
    },
  }
}
