import './jitless.js';
import { keyPage } from './key-page.js';
import { sendPage } from './send-page.js';

const send = document.querySelector('[data-send-page]');
const key = document.querySelector('[data-key-page]');
if (send) sendPage(send);
if (key) keyPage(key);
