import { describe, expect, it } from 'vitest'
import { deviceWords } from './deviceWords'
import { koManage } from './words/manage.ko'

const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Mobile Safari/537.36'

describe('a device', () => {
  it.each([
    [`Mozilla/5.0 (Linux; Android 16; SM-S931N) ${CHROME}`, 'Android · Chrome'],
    [`Mozilla/5.0 (Linux; Android 16; SM-S931N) SamsungBrowser/29.0 ${CHROME}`, 'Android · Samsung Internet'],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) Version/19.1 Mobile/15E148 Safari/604.1', 'iPhone · Safari'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/150.0.0.0 Safari/537.36 Edg/150.0.0.0', 'Windows · Edge'],
    ['saved file', '파일로 가져온 기록'],
    ['', '알 수 없는 기기'],
  ])('that says %j is called %s', (device, name) => {
    expect(deviceWords(device, koManage)).toBe(name)
  })
})
