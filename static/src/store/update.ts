import type { Live } from './live'

/** A new version of the app is on the phone and waits to be taken. */
export declare const isUpdateReady: Live<boolean>
/** Takes it: the page loads again. Waits while a form holds it. */
export declare function takeUpdate(): void
/** A form that is being filled in holds the update; the answer lets it go. */
export declare function holdUpdate(): () => void
