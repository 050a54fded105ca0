import { describe, expect, it } from 'vitest'
import { canSave, emptyEdit, isChanged, isUntouched, meanwhile, troubleOf, valueOf, write } from './editDraft'

const shown = { name: '대한철강', memo: '', phone: '02-1', latitude: 37.5, longitude: 127 }

describe('a draft of an edit', () => {
  it('remembers what stood in a field when somebody began to write there', () => {
    const begun = write(emptyEdit(), 'customer', shown, { memo: '정' })
    const later = write(begun, 'customer', { ...shown, memo: 'Ben' }, { memo: '정문' })
    expect(later).toEqual({ values: { memo: '정문' }, seen: { memo: '' } })
  })

  it('leaves alone what nobody touched: it goes on showing the row', () => {
    const draft = write(emptyEdit(), 'customer', shown, { memo: '정문' })
    expect(valueOf(draft, { ...shown, phone: '02-2' }, 'phone')).toBe('02-2')
    expect(valueOf(draft, shown, 'memo')).toBe('정문')
  })

  it('lets go of a field that is as it was', () => {
    const draft = write(write(emptyEdit(), 'customer', shown, { memo: '정문' }), 'customer', shown, { memo: '' })
    expect(draft).toEqual(emptyEdit())
    expect(isUntouched(draft)).toBe(true)
  })

  it('takes both coordinates together', () => {
    const draft = write(emptyEdit(), 'site', shown, { latitude: 37.5, longitude: 128 })
    expect(draft).toEqual({ values: { latitude: 37.5, longitude: 128 }, seen: { latitude: 37.5, longitude: 127 } })
    expect(write(draft, 'site', shown, { latitude: 37.5, longitude: 127 })).toEqual(emptyEdit())
    expect(write(draft, 'site', shown, { latitude: null, longitude: null }).values).toEqual({ latitude: null, longitude: null })
  })

  it('says nothing when only spaces differ', () => {
    expect(isChanged(write(emptyEdit(), 'customer', shown, { name: '대한철강 ' }), 'customer')).toBe(false)
    expect(isChanged(write(emptyEdit(), 'customer', shown, { name: '대한 철강' }), 'customer')).toBe(true)
  })

  it('is saved when something differs and the server would take it', () => {
    expect(canSave(emptyEdit(), 'customer', shown)).toBe(false)
    expect(canSave(write(emptyEdit(), 'customer', shown, { memo: '정문' }), 'customer', shown)).toBe(true)
    expect(canSave(write(emptyEdit(), 'customer', shown, { memo: '정문', name: ' ' }), 'customer', shown)).toBe(false)
  })

  it('says at its field what is wrong', () => {
    const told = [
      troubleOf('customer', 'name', '  '),
      troubleOf('customer', 'name', '가'.repeat(201)),
      troubleOf('customer', 'name', '🏭'.repeat(200)),
      troubleOf('customer', 'memo', 'abc\u202ecba'),
      troubleOf('contact', 'email', 'minsu@'),
      troubleOf('contact', 'email', ''),
    ]
    expect(told).toEqual(['needed', 'too_long', undefined, 'bad_letters', 'bad_form', undefined])
  })

  it('tells when somebody else has changed what is being written into, and not when they wrote the same', () => {
    const draft = write(emptyEdit(), 'customer', shown, { memo: '정문' })
    expect(meanwhile(draft, 'customer', shown, ['memo'])).toBe(false)
    expect(meanwhile(draft, 'customer', { ...shown, memo: 'Ben' }, ['memo'])).toBe(true)
    expect(meanwhile(draft, 'customer', { ...shown, memo: '정문' }, ['memo'])).toBe(false)
    expect(meanwhile(draft, 'customer', { ...shown, phone: '02-2' }, ['phone'])).toBe(false)
  })
})
