import { render } from 'preact'
import { App } from './components/App.tsx'

const page = document.getElementById('page')
if (page) render(<App now={() => new Date()} />, page)
