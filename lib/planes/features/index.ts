// In the order in which findings name them.
export { timeout } from './timeout';
export { retries } from './retries';
export { circuitBreaker } from './circuit-breaker';
