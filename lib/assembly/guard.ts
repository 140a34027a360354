import type { IConstruct } from 'constructs';

/** placeholder */
export function guard(_root: IConstruct): void {}
