/** 플레이북 단계별 문구. */
import type { Words } from '../words.js';
import { quoted } from './phrases.js';

export const playbooks: Words['playbooks'] = {
  onboarding: {
    kind: '온보딩',
    steps: {
      contacts: {
        title: () => '양측 담당자·의사결정자 정리',
        note: '양측의 담당자, 대리 담당자, 스폰서, 의사결정자를 등록. 담당자가 한 명뿐이면 그 자체가 리스크.',
      },
      channels: {
        title: () => '소통 채널과 회신 기준 합의',
        note: '채널별 용도, 회신 시간, 긴급 연락처를 양측이 합의.',
      },
      goals: {
        title: () => '첫 목표 합의',
        note: '목표마다 기준값, 목표값, 기간, 담당자, 수치 출처를 정하고 관계에 관한 목표도 포함.',
      },
      roles: {
        title: () => '역할과 결정 권한(R&R) 합의',
        note: '기능별로 책임자 한 명과 실무자를 양측에서 지정.',
      },
      review: {
        title: () => '첫 공동 리뷰 일정 확정',
        note: '점검 주기와 다음 리뷰 날짜를 등록하면 이후 일정은 자동으로 안내.',
      },
    },
  },
  'risk-critical': {
    kind: '리스크 체크리스트',
    steps: {
      report: {
        title: (params) => `심각 리스크 ${quoted(params, 'risk')} 대응 책임자 지정`,
        note: '스폰서가 대응 책임자와 즉시 결정 권한의 범위를 지정.',
      },
      partner: {
        title: (params) => `리스크 ${quoted(params, 'risk')} 파트너와 공유`,
        note: '확인된 사실, 대응 내용, 다음 안내 시점을 먼저 공유. 다른 경로로 알게 되면 신뢰가 떨어짐.',
      },
      weekly: {
        title: (params) => `리스크 ${quoted(params, 'risk')} 등급이 낮아질 때까지 매주 점검`,
        note: '리스크에 다음 점검일을 등록하고 양측 일정에 주간 점검을 잡은 뒤 완료 처리.',
      },
    },
  },
  'risk-high': {
    kind: '리스크 체크리스트',
    steps: {
      owner: {
        title: (params) => `높은 리스크 ${quoted(params, 'risk')} 담당자 지정`,
        note: '실제로 대응할 시간이 있는 한 명을 지정.',
      },
      partner: {
        title: (params) => `리스크 ${quoted(params, 'risk')} 파트너와 협의`,
        note: '양측이 각각 할 일과 기한을 합의.',
      },
      fortnight: {
        title: (params) => `리스크 ${quoted(params, 'risk')} 2주마다 점검`,
        note: '리스크에 다음 점검일을 등록.',
      },
    },
  },
  'conflict-opened': {
    kind: '갈등 체크리스트',
    steps: {
      facts: {
        title: (params) => `이슈 ${quoted(params, 'issue')} 사실관계 정리`,
        note: '사실, 원인, 영향, 제안을 근거 링크와 함께 정리하고 의견은 사실과 구분.',
      },
      decider: {
        title: (params) => `이슈 ${quoted(params, 'issue')} 결정권자 지정`,
        note: '양측에서 한 명씩 지정하고, 합의되지 않을 때의 보고 라인을 함께 정리.',
      },
      talk: {
        title: (params) => `이슈 ${quoted(params, 'issue')} 공동 대화 요청`,
        note: '정리한 사실을 먼저 보내고 대면 또는 화상으로 진행. 양측이 문제를 같은 말로 설명하는 것이 목표.',
      },
    },
  },
  'conflict-mediation': {
    kind: '조정',
    steps: {
      clause: {
        title: (params) => `계약서의 조정 조항 확인(이슈 ${quoted(params, 'issue')})`,
        note: '조항, 기한, 장소, 비용 부담을 확인하여 이슈에 기록.',
      },
      mediator: {
        title: (params) => `이슈 ${quoted(params, 'issue')} 조정자 합의`,
        note: '양측이 모두 신뢰하고 어느 쪽 결과에도 이해관계가 없는 사람을 선정.',
      },
      statement: {
        title: (params) => `이슈 ${quoted(params, 'issue')} 공동 사실 확인서 작성`,
        note: '합의된 내용, 합의되지 않은 내용, 양측의 요구를 정리.',
      },
      outcome: {
        title: (params) => `이슈 ${quoted(params, 'issue')} 조정 결과 기록`,
        note: '모든 후속 조치에 담당자와 기한을 지정.',
      },
    },
  },
  'hand-over': {
    kind: '인수인계',
    steps: {
      successor: {
        title: () => '후임자와 대리 담당자 지정',
        note: '파트너십뿐 아니라 맡고 있던 KPI, 마일스톤, 리스크, 이슈의 담당자도 변경.',
      },
      notes: {
        title: () => '인수인계 문서 작성',
        note: '약속한 내용, 진행 중인 일, 파트너가 중요하게 여기는 점, 과거의 문제를 정리.',
      },
      introduce: {
        title: () => '파트너에게 후임자 소개',
        note: '전임자 또는 스폰서가 함께 대면이나 화상으로 소개.',
      },
      access: {
        title: () => '권한·문서·일정 이관',
        note: '공유 폴더, 시스템, 정기 회의를 이관하고 필요 없는 권한은 회수.',
      },
    },
  },
  renewal: {
    kind: '갱신 준비',
    steps: {
      results: {
        title: () => '파트너십 성과 정리',
        note: 'KPI 달성, 양측의 약속 이행, 만족도, 갈등과 교훈을 정리.',
      },
      partner: {
        title: () => '다음 계약에 대한 파트너 의견 확인',
        note: '범위, 목표, 조건, 인력에 대한 의견과 바꾸고 싶은 점을 확인.',
      },
      proposal: {
        title: () => '결정권자에게 갱신안 보고',
        note: '갱신·변경·종료 중 하나를 근거와 다음 목표를 갖추어 보고.',
      },
    },
  },
  exit: {
    kind: '종료 체크리스트',
    steps: {
      notice: {
        title: () => '통지 방법·기한과 종료 후 의무 확인',
        note: '통지 형식과 날짜, 비밀유지 등 계약 종료 후에도 남는 의무를 확인.',
      },
      'open-items': {
        title: () => '미완료 항목 종결 또는 이관',
        note: '마일스톤, 약속, 이슈, 정산을 각각 종결하거나 담당자를 지정.',
      },
      assets: {
        title: () => '데이터·권한·자산 반환',
        note: '양측이 확인한 목록에 따라 진행.',
      },
      lessons: {
        title: () => '교훈 정리와 감사 인사',
        note: '반복할 점과 피할 점을 정리. 파트너는 다시 만날 수 있음.',
      },
    },
  },
};
