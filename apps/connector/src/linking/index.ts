/** `mash link`: which records are of one person, in a file or across two. */
export { registerLink, type Output } from './register-link.js';
