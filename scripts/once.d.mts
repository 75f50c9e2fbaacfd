export declare const ROOT: string;
export declare function once(name: string, sources: readonly string[], made: readonly string[], work: () => void): void;
