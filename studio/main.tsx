import { render } from 'preact';
import { App } from './app.tsx';
import './style/page.css';
import './style/panels.css';
import './style/parts.css';

const place = document.getElementById('studio');
if (place !== null) render(<App />, place);
