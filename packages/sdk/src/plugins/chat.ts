import { watchChat } from '../chat/watchChat.ts'

watchChat()
