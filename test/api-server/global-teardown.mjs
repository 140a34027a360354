export { stopApiServer as default } from './api-server.mjs';
