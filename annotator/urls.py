"""Every address of the app, one line each, grouped by screen."""

from django.urls import URLPattern, path

from annotator.views import (
    add_article,
    adjudicate,
    annotate,
    article,
    classroom,
    door,
    exercise,
    exercise_lesson,
    exit_question,
    explained,
    export,
    figures,
    grades,
    health,
    home,
    invitations,
    join,
    join_cards,
    keys,
    lesson,
    library,
    me,
    new_exercise,
    password,
    people,
    preview,
    privacy,
    progress,
    projector,
    reading_lesson,
    report,
    research,
    result,
    resume,
    reveal,
    roster,
    rounds,
    sentences,
    sign_in,
    sources,
)

urlpatterns: list[URLPattern] = [
    # Doors: signing in, passwords, invitations
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-in/<str:token>/", sign_in.link, name="sign-in-link"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
    path("password/", password.change, name="password-change"),
    path("invitations/", invitations.add, name="invitation-add"),
    path("invitations/<uuid:invitation_uuid>/revoke/", invitations.revoke, name="invitation-revoke"),
    path("invitations/<str:token>/", invitations.accept, name="invitation"),
    path("register/", invitations.register, name="register"),
    # Joining a class, coming back to it, leaving
    path("join/", join.join, name="join"),
    path("join/<str:token>/", join.link, name="join-link"),
    path("resume/", resume.resume, name="resume"),
    path("resume/<str:token>/", resume.link, name="resume-link"),
    path("leave/", resume.leave, name="leave"),
    # Home
    path("", home.index, name="home"),
    path("samples/add/", home.samples_add, name="samples-add"),
    path("samples/remove/", home.samples_remove, name="samples-remove"),
    # Classes and teams
    path("classrooms/<uuid:classroom_uuid>/", classroom.classroom, name="classroom"),
    path("classrooms/<uuid:classroom_uuid>/invite/", classroom.invite, name="classroom-invite"),
    path("classrooms/<uuid:classroom_uuid>/rename/", classroom.rename, name="classroom-rename"),
    path("classrooms/<uuid:classroom_uuid>/archive/", classroom.archive, name="classroom-archive"),
    path("classrooms/<uuid:classroom_uuid>/door/", door.door, name="classroom-door"),
    path("classrooms/<uuid:classroom_uuid>/read-too/", classroom.read_too, name="classroom-read-too"),
    path("classrooms/<uuid:classroom_uuid>/people/<uuid:member_uuid>/lead/", classroom.lead, name="classroom-lead"),
    path(
        "classrooms/<uuid:classroom_uuid>/people/<uuid:member_uuid>/remove/", classroom.remove, name="classroom-remove"
    ),
    path("classrooms/<uuid:classroom_uuid>/people/<uuid:member_uuid>/rename/", people.rename, name="person-rename"),
    path("classrooms/<uuid:classroom_uuid>/people/<uuid:member_uuid>/code/", people.code, name="person-code"),
    path("classrooms/<uuid:classroom_uuid>/people/<uuid:member_uuid>/let-back/", people.let_back, name="person-back"),
    path("classrooms/<uuid:classroom_uuid>/people/<uuid:member_uuid>/merge/", people.merge, name="person-merge"),
    path("classrooms/<uuid:classroom_uuid>/zone/", people.zone, name="classroom-zone"),
    path("classrooms/<uuid:classroom_uuid>/cards/", join_cards.cards, name="join-cards"),
    path("classrooms/<uuid:classroom_uuid>/list/", roster.add, name="roster"),
    path("classrooms/<uuid:classroom_uuid>/list/save/", roster.save, name="roster-save"),
    path("classrooms/<uuid:classroom_uuid>/list/<uuid:entry_uuid>/", roster.mend, name="roster-mend"),
    path("classrooms/<uuid:classroom_uuid>/list/<uuid:entry_uuid>/remove/", roster.remove, name="roster-remove"),
    # People & privacy, and what is kept about oneself
    path("me/", me.me, name="me"),
    path("me/file/", me.file, name="me-file"),
    path("classrooms/<uuid:classroom_uuid>/privacy/", privacy.room, name="classroom-privacy"),
    path("classrooms/<uuid:classroom_uuid>/keep/", privacy.keep, name="classroom-keep"),
    path("classrooms/<uuid:classroom_uuid>/nameless/", privacy.room_nameless, name="classroom-nameless"),
    path("classrooms/<uuid:classroom_uuid>/erase/", privacy.room_gone, name="classroom-erase"),
    path(
        "classrooms/<uuid:classroom_uuid>/people/<uuid:member_uuid>/nameless/",
        privacy.member_nameless,
        name="member-nameless",
    ),
    path("classrooms/<uuid:classroom_uuid>/people/<uuid:member_uuid>/erase/", privacy.member_gone, name="member-erase"),
    # Exercises
    path("exercises/new/", new_exercise.add, name="exercise-add"),
    path("exercises/<uuid:exercise_uuid>/", exercise.exercise, name="exercise"),
    path("exercises/<uuid:exercise_uuid>/move/", exercise.move, name="exercise-move"),
    path("exercises/<uuid:exercise_uuid>/progress/", exercise_lesson.progress, name="exercise-progress"),
    path("exercises/<uuid:exercise_uuid>/print/", exercise_lesson.print_page, name="exercise-print"),
    path("exercises/<uuid:exercise_uuid>/timer/", exercise_lesson.timer, name="exercise-timer"),
    path("exercises/<uuid:exercise_uuid>/options/", exercise_lesson.options, name="exercise-options"),
    path("exercises/<uuid:exercise_uuid>/readers/nudge/", exercise_lesson.nudge, name="exercise-nudge"),
    path(
        "exercises/<uuid:exercise_uuid>/readers/<uuid:member_uuid>/extra-time/",
        exercise_lesson.extra_time,
        name="exercise-extra-time",
    ),
    path("exercises/<uuid:exercise_uuid>/rename/", exercise.rename, name="exercise-rename"),
    path("exercises/<uuid:exercise_uuid>/discard/", exercise.discard, name="exercise-discard"),
    # Exit question
    path("exercises/<uuid:exercise_uuid>/exit/", exit_question.exit_question, name="exercise-exit"),
    # Before and after the second round
    path("exercises/<uuid:exercise_uuid>/rounds/", rounds.rounds, name="exercise-rounds"),
    # Progress over time, a class's and one's own
    path("classrooms/<uuid:classroom_uuid>/progress/", progress.classroom, name="classroom-progress"),
    path("me/progress/", progress.mine, name="own-progress"),
    # The printed report
    path("exercises/<uuid:exercise_uuid>/report/", report.report, name="exercise-report"),
    # Making the key from the readings
    path("exercises/<uuid:exercise_uuid>/adjudicate/", adjudicate.adjudicate, name="adjudicate"),
    path("exercises/<uuid:exercise_uuid>/articles/<uuid:article_uuid>/decide/", adjudicate.decide, name="decide"),
    path(
        "exercises/<uuid:exercise_uuid>/articles/<uuid:article_uuid>/decide/<uuid:decision_uuid>/undo/",
        adjudicate.undecide,
        name="decision-undo",
    ),
    # Sources
    path("exercises/<uuid:exercise_uuid>/sources/", sources.sources, name="sources"),
    # The teacher's four figures
    path("exercises/<uuid:exercise_uuid>/figures/", figures.figures, name="figures"),
    # The reveal
    path("exercises/<uuid:exercise_uuid>/reveal/", reveal.reveal, name="reveal"),
    # My result
    path("readings/<uuid:reading_uuid>/result/", result.result, name="reading-result"),
    # The lesson as its readers go through it
    path("exercises/<uuid:exercise_uuid>/lesson/", lesson.now, name="lesson-now"),
    path("exercises/<uuid:exercise_uuid>/presence/", lesson.presence, name="lesson-presence"),
    path("exercises/<uuid:exercise_uuid>/vote/", lesson.vote, name="lesson-vote"),
    # The projector
    path("exercises/<uuid:exercise_uuid>/projector/", projector.start, name="projector-start"),
    path("projector/<str:token>/", projector.projector, name="projector"),
    path("projector/<str:token>/now/", projector.now, name="projector-now"),
    # Health
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    # Library, adding an article, its preview and its page
    path("articles/", library.index, name="library"),
    path("articles/add/", add_article.add, name="article-add"),
    path("articles/drafts/<uuid:draft_uuid>/", preview.draft, name="draft"),
    path("articles/drafts/<uuid:draft_uuid>/block/", preview.draft_block, name="draft-block"),
    path("articles/drafts/<uuid:draft_uuid>/save/", preview.draft_store, name="draft-save"),
    path("articles/drafts/<uuid:draft_uuid>/cancel/", preview.draft_drop, name="draft-cancel"),
    path("articles/<uuid:article_uuid>/", article.article, name="article"),
    path("articles/<uuid:article_uuid>/facts/", article.facts, name="article-facts"),
    path("articles/<uuid:article_uuid>/read/", article.read_now, name="article-read-now"),
    path("articles/<uuid:article_uuid>/correct/", article.correct, name="article-correct"),
    path("articles/<uuid:article_uuid>/delete/", article.delete, name="article-delete"),
    path("articles/<uuid:article_uuid>/withdraw/", privacy.article_gone, name="article-withdraw"),
    # Export
    path("exercises/<uuid:exercise_uuid>/export/", export.export, name="exercise-export"),
    path("exercises/<uuid:exercise_uuid>/export/file/", export.file, name="exercise-export-file"),
    # The researcher's table
    path("exercises/<uuid:exercise_uuid>/research/", research.research, name="research"),
    path("exercises/<uuid:exercise_uuid>/research/file/", research.file, name="research-file"),
    # Grades
    path("exercises/<uuid:exercise_uuid>/grades/", grades.exercise_grades, name="exercise-grades"),
    path("exercises/<uuid:exercise_uuid>/grades/file/", grades.exercise_file, name="exercise-grades-file"),
    path("classrooms/<uuid:classroom_uuid>/grades/", grades.room_grades, name="classroom-grades"),
    path("classrooms/<uuid:classroom_uuid>/grades/file/", grades.room_file, name="classroom-grades-file"),
    # Agreement
    path("agreement/", explained.agreement, name="agreement-explained"),
    # Annotate and tag by sentence
    path("exercises/<uuid:exercise_uuid>/articles/<uuid:article_uuid>/read/", annotate.start, name="reading-start"),
    path("exercises/<uuid:exercise_uuid>/articles/<uuid:article_uuid>/key/", keys.start, name="key-start"),
    path("readings/<uuid:reading_uuid>/", annotate.reading, name="reading"),
    path("readings/<uuid:reading_uuid>/operations/", annotate.reading_operations, name="reading-operations"),
    path("readings/<uuid:reading_uuid>/spans/<int:number>/", annotate.reading_span, name="reading-span"),
    path("readings/<uuid:reading_uuid>/sentences/", sentences.reading_sentences, name="reading-sentences"),
    path("readings/<uuid:reading_uuid>/hand-in/", annotate.hand_in, name="reading-hand-in"),
    path("readings/<uuid:reading_uuid>/lesson/", reading_lesson.lesson, name="reading-lesson"),
    path("readings/<uuid:reading_uuid>/here/", reading_lesson.here, name="reading-here"),
    path("readings/<uuid:reading_uuid>/late/", reading_lesson.late, name="reading-late"),
    path("readings/<uuid:reading_uuid>/reopen/", annotate.reopen, name="reading-reopen"),
]
