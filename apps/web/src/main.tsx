import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import { createRoot } from 'react-dom/client';
import { startApp } from './app/startApp.tsx';

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');
startApp(createRoot(root));
