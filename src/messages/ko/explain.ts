/** 판단의 까닭을 물었을 때 하는 말. */
import type { Params } from '../../domain/assessment.js';
import type { ExplainWords } from '../explain.js';
import { josa } from '../korean.js';
import { dayIn, nameIn, percentIn } from '../words.js';
import { day, dayOf, quoted } from './phrases.js';

const number = (value: number): string =>
  new Intl.NumberFormat(
    'ko',
    Math.abs(value) < 1 ? { maximumSignificantDigits: 4 } : { maximumFractionDigits: 2 },
  ).format(value);

const percent = (share: number): string => `${Math.floor(share * 100 + 1e-9)}%`;
const signed = (value: number): string => (value > 0 ? `+${value}` : `−${Math.abs(value)}`);
const title = (params: Params): string => quoted(params, 'title');
const due = (params: Params): string => (dayIn(params, 'day') === undefined ? '' : `(기한 ${dayOf(params, 'day')})`);
const on = (params: Params): string => (dayIn(params, 'day') === undefined ? '' : `${dayOf(params, 'day')} `);
const amount = (params: Params, key: string): string => `${number(Number(params[key] ?? 0))}${nameIn(params, 'unit')}`;
const ends = (params: Params): string =>
  dayIn(params, 'end') === undefined ? '' : `(기간 ${dayOf(params, 'end')}까지)`;

const RATERS: ExplainWords['raters'] = { us: '우리측', them: '상대측', joint: '양측 공동' };
const QUESTIONS: ExplainWords['questions'] = {
  satisfaction: '만족도',
  communication: '소통 품질',
  problemResponse: '문제 대응',
  trust: '신뢰',
};
const rater = ({ rater: who }: Params): string => RATERS[who === 'us' || who === 'them' ? who : 'joint'];
const question = ({ question: asked }: Params): string =>
  Object.entries(QUESTIONS).find(([code]) => code === asked)?.[1] ?? '';

const TRENDS = { rising: '상승', steady: '유지', falling: '하락' } as const;

export const explain: ExplainWords = {
  headings: {
    why: '판단 근거',
    health: '건강 점수',
    change: '변화',
    pillars: '다섯 기둥',
    gates: '상한 조건',
    coverage: '데이터',
    kpis: 'KPI',
    rules: '규칙',
    ways: '오늘 입력하면 상태가 바뀌는 조건',
    outlook: '새 입력이 없을 때',
    inputs: '입력 값',
    formula: '계산식',
    readings: '측정값',
    partnerships: '반영되는 파트너십',
    trouble: '문제',
  },
  number,
  percent,
  factors: {
    kpis: { name: 'KPI', formula: '진행 중에는 계획 대비 속도, 기간이 끝나면 달성률을 가중 평균' },
    milestones: {
      name: '마일스톤',
      formula: '기한 내 완료는 전부, 지연 완료는 일부, 기한 경과는 진행률만큼 인정하여 가중 평균',
    },
    'promises-us': { name: '우리측 약속', formula: '기한이 된 우리측 실행 과제 중 지킨 비율' },
    'promises-them': { name: '상대측 약속', formula: '기한이 된 상대측 실행 과제 중 지킨 비율' },
    actions: { name: '실행 과제', formula: '주체가 없는 실행 과제 중 기한을 지킨 비율' },
    'issue-handling': { name: '이슈 처리', formula: '기한 내 해결 절반, 같은 원인의 재발 없음 절반' },
    contact: { name: '소통', formula: '등급별 주의 기준까지는 전부, 경보 기준부터는 0' },
    reviews: { name: '정기 리뷰', formula: '다음 리뷰 기한 전까지는 전부, 한 주기만큼 늦으면 0' },
    satisfaction: { name: '만족도', formula: '(평점 − 1) / 4, 평가자 평균' },
    communication: { name: '소통 품질', formula: '(평점 − 1) / 4, 평가자 평균' },
    'problem-response': { name: '문제 대응', formula: '(평점 − 1) / 4, 평가자 평균' },
    'stated-trust': { name: '신뢰 평점', formula: '(평점 − 1) / 4, 평가자 평균' },
    'perception-gap': { name: '인식 일치', formula: '양측 평점의 차이가 클수록 감점' },
    'response-time': { name: '회신 속도', formula: '최근 90일간 회신까지 걸린 영업일의 중앙값' },
    tone: { name: '대화 분위기', formula: '최근 90일간 긍정·부정 기록 중 긍정의 비율' },
    esg: { name: 'ESG', formula: '점검 항목 충족 비율, 증빙이 만료되면 일부만 인정' },
    profile: { name: '파트너 프로필', formula: '프로필을 채운 비율' },
  },
  pillars: {
    trust: '신뢰',
    structure: '구조',
    performance: '성과',
    conflict: '갈등 관리',
    sustainability: '지속 가능성',
  },
  evidence: {
    kpi: (params) =>
      `${title(params)} 달성률 ${percentIn(params, 'achievement')}${params.pace === undefined ? '' : `, 계획 대비 ${number(Number(params.pace))}배`}`,
    kept: (params) => `${title(params)}${due(params)} 기한 내 완료`,
    late: (params) => `${title(params)}${due(params)} 지연 완료`,
    overdue: (params) => `${title(params)}${due(params)} 기한 경과`,
    handled: (params) => `${title(params)}${due(params)} 기한 내 해결`,
    'handled-late': (params) => `${title(params)}${due(params)} 지연 해결`,
    unhandled: (params) => `${title(params)}${due(params)} 미해결`,
    contact: (params) => `마지막 양방향 소통 ${on(params)}(주의 ${params.warn ?? 0}일, 경보 ${params.alarm ?? 0}일)`,
    review: (params) => `다음 리뷰${due(params)}, 직전 리뷰 ${dayOf(params, 'lastHeld')}`,
    rating: (params) => `${on(params)}${rater(params)} 평점 5점 만점에 ${number(Number(params.mark ?? 0))}점`,
    gap: (params) =>
      `${question(params)}: 우리측 ${number(Number(params.us ?? 0))}점, 상대측 ${number(Number(params.them ?? 0))}점`,
    answered: (params) => `${on(params)}연락 후 ${params.days ?? 0}영업일 만에 회신`,
    positive: (params) => `${on(params)}기록: 긍정`,
    negative: (params) => `${on(params)}기록: 부정`,
    share: (params) => `입력 값 ${percentIn(params, 'share')}${params.expired === 1 ? ', 증빙 만료' : ''}`,
  },
  figures: {
    milestones: (params) =>
      [
        ...(params.spi === undefined ? [] : [`일정 성과 지수 ${number(Number(params.spi))}`]),
        `기한 경과 ${params.overdue ?? 0}건`,
        `선행 대기 ${params.blocked ?? 0}건`,
        `최대 지연 ${params.slipDays ?? 0}일`,
      ].join(', '),
    'promises-us': (params) => `${params.due ?? 0}건 중 ${params.kept ?? 0}건 기한 준수`,
    'promises-them': (params) => `${params.due ?? 0}건 중 ${params.kept ?? 0}건 기한 준수`,
    actions: (params) => `${params.due ?? 0}건 중 ${params.kept ?? 0}건 기한 준수`,
    'response-time': (params) => `중앙값 ${params.days ?? 0}영업일`,
    tone: (params) => `긍정 ${params.positive ?? 0}건, 부정 ${params.negative ?? 0}건`,
  },
  questions: QUESTIONS,
  raters: RATERS,
  methods: {
    'from-baseline': ({ actual, baseline, target, ratio }) =>
      `(실적 − 기준값) / (목표 − 기준값) = (${actual} − ${baseline}) / (${target} − ${baseline}) = ${ratio}`,
    'share-of-target': ({ actual, target, ratio }) => `실적 / 목표 = ${actual} / ${target} = ${ratio}`,
    'distance-to-bound': ({ actual, target, ratio }) =>
      `1 + (목표 − 실적) / |목표| = 1 + (${target} − ${actual}) / |${target}| = ${ratio}`,
    'zero-target': ({ actual, ratio }) => `목표가 0이므로 충족 여부로 판단: 실적 ${actual} → ${ratio}`,
    range: ({ actual, target, targetHigh, ratio }) =>
      `${target}~${targetHigh} 안이면 1, 벗어나면 경계값 대비 거리만큼 감점: 실적 ${actual} → ${ratio}`,
    'share-kept': ({ target, ratio }) => `${target} 이상인 측정값의 비율 = ${ratio}`,
    'reached-or-not': ({ actual, target, ratio }) => `목표 ${target} 충족 여부: 실적 ${actual} → ${ratio}`,
    'rating-from-1': ({ actual, target, ratio }) =>
      `(실적 − 1) / (목표 − 1) = (${actual} − 1) / (${target} − 1) = ${ratio}`,
  },
  remedies: {
    'raise-kpi': (params) =>
      `KPI ${quoted(params, 'kpi')} 실적 ${number(Number(params.from ?? 0))} → ${amount(params, 'to')}${ends(params)}`,
    'enter-actual': (params) => `KPI ${quoted(params, 'kpi')} 실적 입력(목표 ${amount(params, 'to')} 달성 시)`,
    'refresh-kpi': (params) => `KPI ${quoted(params, 'kpi')} 실적 갱신`,
    'finish-milestone': (params) => `마일스톤 ${quoted(params, 'milestone')} 완료`,
    'keep-promise': (params) => `실행 과제 ${quoted(params, 'action')} 완료`,
    'resolve-issue': (params) => `이슈 ${quoted(params, 'issue')} 해결`,
    'close-risk': (params) => `리스크 ${quoted(params, 'risk')} 종료`,
    'decide-renewal': (params) => `${dayOf(params, 'end')} 만료 계약의 갱신 여부 결정`,
    talk: () => '양방향 소통 1회',
    'hold-review': () => '밀린 정기 리뷰 실시',
    'renew-evidence': () => 'ESG 증빙 갱신',
    'end-override': (params) =>
      dayIn(params, 'until') === undefined
        ? '담당자 지정 상태 해제'
        : `담당자 지정 상태 해제 또는 지정 기한(${dayOf(params, 'until')}) 경과`,
  },
  endings: {
    fired: '해당',
    quiet: '해당 없음',
    off: '설정에서 꺼짐',
    unmapped: '연결된 속성이 없어 꺼짐',
    frozen: '다 읽지 못한 표가 있어 보류',
  },
  anyOf: (columns) => columns.join(' 또는 '),
  gate: (limit, sentence) => `최고 ‘${limit}’: ${sentence}`,
  noGates: '없음',
  coverage: (share, minimum) => `KPI 가중치의 ${percent(share)} 측정(최소 ${percent(minimum)} 필요)`,
  confidence: (level, share) => `데이터 신뢰도 ${level}(최신 ${percent(share)})`,
  change: (points, since, parts) =>
    `${day(since)} 이후 ${points === 0 ? '±0' : signed(points)}점${parts.length === 0 ? '' : `(${parts.join(', ')})`}`,
  trend: ({ direction, points, since, weeks }) =>
    `최근 ${weeks}주 ${TRENDS[direction]}: ${day(since)} 이후 ${points === 0 ? '±0' : signed(points)}점`,
  way: (steps, status, health) => `${steps.join(' + ')} → ‘${status}’${health === undefined ? '' : `(${health}점)`}`,
  noWays: (status) =>
    status === 'on-track' || status === 'achieved'
      ? '더 좋아질 상태 없음'
      : '오늘 입력으로 상태가 좋아지는 경우를 찾지 못함',
  outlook: (given, status, causes) =>
    `${day(given)}에 ‘${status}’${josa(status, '으로/로')} 변경${causes.length === 0 ? '' : `: ${causes.join(' · ')}`}`,
  steady: (days) => `앞으로 ${days}일간 상태 변화 없음`,
  expected: (params) =>
    `현재 계획상 기대치 ${percentIn(params, 'expected')}, 계획 대비 ${number(Number(params.pace ?? 0))}배`,
  fresh: (share, readOn) =>
    `${readOn === undefined ? '측정일 미기재' : `${day(readOn)} 측정`}, 최신 정도 ${percent(share)}`,
  weight: (weight, critical, current) =>
    `가중치 ${number(weight)}${critical ? ', 핵심 지표' : ''}${current ? '' : ', 현재 반영 안 됨'}`,
};
