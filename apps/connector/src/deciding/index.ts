export { registerPolicy } from './register-policy.js';
