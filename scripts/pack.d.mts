export declare function packOnce(): string;
