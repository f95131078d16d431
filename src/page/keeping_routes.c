/* The routes of the pages of keeping, and of May I? for people who are signed in; see record_routes.c for the others. */
#include "page/keeping.h"
#include "page/may.h"

#define SHOWS(path, name, opens, page)                                                             \
    {                                                                                              \
        METHOD_GET, path, name, SESSION_SIGNED, page, NULL, 0, opens                               \
    }
#define TAKES(path, name, opens, page, fields, count)                                              \
    {                                                                                              \
        METHOD_POST, path, name, SESSION_SIGNED, page, fields, count, opens                        \
    }
/* With the session of May I?, whose answers they are about. */
#define MAY_SHOWS(path, name, opens, page)                                                         \
    {                                                                                              \
        METHOD_GET, path, name, SESSION_READ, page, NULL, 0, opens                                 \
    }
#define MAY_TAKES(path, name, opens, page, fields, count)                                          \
    {                                                                                              \
        METHOD_POST, path, name, SESSION_NEEDS, page, fields, count, opens                         \
    }

const struct route keeping_routes[] = {
    SHOWS("/keeping", "keeping", SIGNED_IN, keeping_page),
    SHOWS("/holds", "holds", TO(ACT_PLACE_HOLD), holds_page),
    SHOWS("/holds/place", "hold-choose", TO(ACT_PLACE_HOLD), hold_choose_page),
    TAKES("/holds/place", "hold-choose", TO(ACT_PLACE_HOLD), hold_choose_answer, search_fields,
          SEARCH_FIELDS),
    SHOWS("/holds/place/*", "hold-place", TO(ACT_PLACE_HOLD), hold_place_page),
    TAKES("/holds/place/new", "hold-place", TO(ACT_PLACE_HOLD), hold_place_answer, hold_fields,
          HOLD_FIELDS),
    SHOWS("/holds/lift/*", "hold-lift", TO(ACT_LIFT_HOLD), hold_lift_page),
    TAKES("/holds/lift", "hold-lift", TO(ACT_LIFT_HOLD), hold_lift_answer, lift_fields,
          LIFT_FIELDS),
    SHOWS("/erasures", "erasures", TO(ACT_CONFIRM_ERASURE), erasures_page),
    SHOWS("/erasures/ask", "erasure-choose", TO(ACT_ASK_ERASURE), erasure_choose_page),
    TAKES("/erasures/ask", "erasure-choose", TO(ACT_ASK_ERASURE), erasure_choose_answer,
          search_fields, SEARCH_FIELDS),
    SHOWS("/erasures/ask/*", "erasure-ask", TO(ACT_ASK_ERASURE), erasure_ask_page),
    TAKES("/erasures/ask/new", "erasure-ask", TO(ACT_ASK_ERASURE), erasure_ask_answer,
          erasure_fields, ERASURE_FIELDS),
    SHOWS("/erasures/confirm/*", "erasure-confirm", TO(ACT_CONFIRM_ERASURE), erasure_confirm_page),
    TAKES("/erasures/confirm", "erasure-confirm", TO(ACT_CONFIRM_ERASURE), erasure_confirm_answer,
          confirm_fields, CONFIRM_FIELDS),
    TAKES("/erasures/withdraw", "erasure-withdraw", TO(ACT_WITHDRAW_ERASURE),
          erasure_withdraw_answer, withdraw_fields, WITHDRAW_FIELDS),
    SHOWS("/opened", "opened", SIGNED_IN, opened_page),
    SHOWS("/open/*", "open", SIGNED_IN, open_page),
    TAKES("/open", "open", SIGNED_IN, open_answer, open_fields, OPEN_FIELDS),
    SHOWS("/tasks", "tasks", SIGNED_IN, tasks_page),
    SHOWS("/tasks/*", "task", SIGNED_IN, task_page),
    TAKES("/tasks/take", "task-take", SIGNED_IN, task_take_answer, task_fields, TASK_FIELDS),
    TAKES("/tasks/close", "task-close", SIGNED_IN, task_close_answer, task_fields, TASK_FIELDS),
    TAKES("/tasks/waive", "task-waive", SIGNED_IN, task_waive_answer, task_fields, TASK_FIELDS),
    SHOWS("/overdue", "overdue", LEADS, late_page),
    SHOWS("/acts/*", "act", SIGNED_IN, act_page),
    SHOWS("/tell", "tell", SIGNED_IN, tell_page),
    SHOWS("/tell/about/*", "tell-about", TO(ACT_BAR_PARENT), tell_about_page),
    TAKES("/tell", "tell", SIGNED_IN, tell_answer, tell_fields, TELL_FIELDS),
    SHOWS("/kept", "kept", SIGNED_IN, kept_page),
    TAKES("/kept/open", "kept-open", SIGNED_IN, kept_open_answer, kept_fields, KEPT_FIELDS),
    TAKES("/kept/drop", "kept-drop", SIGNED_IN, kept_drop_answer, kept_fields, KEPT_FIELDS),
    MAY_SHOWS("/may/about", "may-about", TO(ACT_BAR_PARENT), may_about_page),
    MAY_TAKES("/may/about", "may-about", TO(ACT_BAR_PARENT), may_about_search, search_fields,
              SEARCH_FIELDS),
    MAY_TAKES("/may/about/person", "may-about-person", TO(ACT_BAR_PARENT), may_about_answer,
              may_about_fields, MAY_ABOUT_FIELDS),
    MAY_TAKES("/may/keep", "may-keep", SIGNED_IN, may_keep_answer, may_keep_fields,
              MAY_KEEP_FIELDS),
    MAY_TAKES("/may/act", "may-act", SIGNED_IN, may_act_answer, may_act_fields, MAY_ACT_FIELDS),
    SHOWS("/record", "record", TO(ACT_ADOPT_POLICY), record_page),
};
const size_t keeping_route_count = sizeof keeping_routes / sizeof *keeping_routes;
