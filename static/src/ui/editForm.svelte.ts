import { formOf, isNamed, type SharedName, type Values } from '../shapes/shared'
import { dropDraft, loadDraft, saveDraft } from '../store/drafts'
import { canSave, emptyEdit, isUntouched, meanwhile, troubleOf, valueOf, write, type EditDraft } from './editDraft'
import { say, t } from './words/index.svelte'
import { ts } from './words/shared.svelte'

/** One edit screen: what its row shows, what was written over it, and both kept with every keystroke. */
export class EditForm {
  private draft = $state.raw<EditDraft>(emptyEdit())
  isLoaded = $state(false)
  isRestored = $state(false)
  private readonly key: string

  constructor(
    readonly shape: SharedName,
    id: string,
    private readonly shown: () => Values,
  ) {
    this.key = `edit:${shape}:${id}`
    void loadDraft<EditDraft>(this.key).then((kept) => {
      if (kept && !isUntouched(kept)) {
        this.draft = kept
        this.isRestored = true
      }
      this.isLoaded = true
    })
  }

  get edited(): EditDraft {
    return this.draft
  }

  get isUntouched(): boolean {
    return isUntouched(this.draft)
  }

  get canSave(): boolean {
    return this.isLoaded && canSave(this.draft, this.shape, this.shown())
  }

  /** Whether something is left to call the row by. */
  get isNamed(): boolean {
    return isNamed(this.shape, { ...this.shown(), ...this.draft.values })
  }

  value(name: string): unknown {
    return valueOf(this.draft, this.shown(), name)
  }

  text(name: string): string {
    const value = this.value(name)
    return typeof value === 'string' ? value : ''
  }

  write(patch: Values): void {
    this.draft = write(this.draft, this.shape, this.shown(), patch)
    void (isUntouched(this.draft) ? dropDraft(this.key) : saveDraft(this.key, this.draft))
  }

  async drop(): Promise<void> {
    this.draft = emptyEdit()
    this.isRestored = false
    await dropDraft(this.key)
  }

  /** Why a field cannot be saved as it stands, in words. */
  trouble(name: string): string | undefined {
    const trouble = troubleOf(this.shape, name, this.text(name))
    const form = formOf(this.shape, name)
    const max = form !== undefined && 'max' in form ? form.max : 0
    switch (trouble) {
      case 'needed':
        return ts().edit.needed
      case 'too_long':
        return t().record.tooLong(say.count(max))
      case 'bad_form':
        return ts().edit.badForm
      case 'bad_letters':
        return ts().edit.badLetters
      default:
        return undefined
    }
  }

  /** Whether somebody else has changed what is being written into. */
  isMeanwhile(names: readonly string[]): boolean {
    return meanwhile(this.draft, this.shape, this.shown(), names)
  }

  now(names: readonly string[]): unknown[] {
    return names.map((name) => this.shown()[name])
  }
}
