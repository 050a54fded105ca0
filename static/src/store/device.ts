import type { Live } from './live'

export type Language = 'ko' | 'en'
export type Theme = 'system' | 'light' | 'dark'
export type NavApp = 'naver' | 'kakao' | 'tmap' | 'google' | 'apple'

export interface Device {
  language: Language
  theme: Theme
  navApp?: NavApp
}

export declare const device: Live<Device>
export declare function setTheme(theme: Theme): void
export declare function setNavApp(navApp: NavApp): void
