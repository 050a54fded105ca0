export declare function loadDraft<T>(key: string): Promise<T | undefined>
export declare function saveDraft(key: string, value: unknown): Promise<void>
export declare function dropDraft(key: string): Promise<void>
