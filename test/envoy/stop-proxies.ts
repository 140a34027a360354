import { stopProxies } from './proxy-under-test';

afterEach(stopProxies);
