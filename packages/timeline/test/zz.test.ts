import { test } from 'vitest'
import { oracleTally } from '../oracle/index.ts'
import { engineTally } from './engine.ts'
import { eventsOf, funnelOf, DAY } from './shorthand.ts'
test('x', () => {
  const out: string[] = []
  const show = (label: string, f: any, e: any) => {
    const k=(t:any)=>JSON.stringify([[...(t.rows?.keys() ?? [])], ...t.stages.map((s:any)=>[...s.revenue].map(([c,r]:any)=>`${c} ${r.orders} ${r.value}`).join(';'))])
    let eng='?'
    try { eng = k(engineTally(f, DAY, e)) } catch (x) { eng = String(x) }
    out.push(label + '\n  engine ' + eng + '\n  oracle ' + k(oracleTally(f, DAY, e)))
  }
  for (const attribution of ['last_touch','first_touch','entry','stage:1','stage:2']) {
    const f = funnelOf('A→B', { breakdown: { property: 'q', attribution: attribution as any } })
    show(attribution+' A0(y) A0(x) B0', f, eventsOf('A0 A0 B0', {0:{q:'y'},1:{q:'x'}}))
    show(attribution+' A0 A0(x) B0', f, eventsOf('A0 A0 B0', {1:{q:'x'}}))
    show(attribution+' A0(w) B1(z) B1(y)', f, eventsOf('A0 B1 B1', {0:{q:'w'},1:{q:'z'},2:{q:'y'}}))
    show(attribution+' A0(x) B1(z) Z1(y)', f, eventsOf('A0 B1 Z1', {0:{q:'x'},1:{q:'z'},2:{q:'y'}}))
    show(attribution+' A0(x) Z1(y) B1(z)', f, eventsOf('A0 Z1 B1', {0:{q:'x'},1:{q:'y'},2:{q:'z'}}))
  }
  show('currency items', funnelOf('A→B'), eventsOf('A0', {0:{items:[{price:1,currency:'EUR'},{price:2,currency:'USD'}]}}))
  show('currency text, items', funnelOf('A→B'), eventsOf('A0', {0:{currency:'GBP',items:[{price:1,currency:'EUR'},{price:2,currency:'USD'}]}}))
  show('currency empty', funnelOf('A→B'), eventsOf('A0', {0:{currency:'',items:[{price:1,currency:'EUR'},{price:2,currency:'USD'}]}}))
  console.log(out.join('\n'))
})
