import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import { createRoot } from 'react-dom/client';
import { boot } from './app/boot.ts';

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');
void boot(createRoot(root));
