export declare function installPacked(folder: string, packages?: readonly string[]): void;
