#### variables
x=1; export y=1; readonly z=1; (x=2; y=2; w=2; unset x; echo "${x-unset} $y $w"); echo "$x $y ${w-unset} $z"; sh -c 'echo $y'

#### export in a subshell
x=1; (export x; sh -c 'echo $x'); sh -c 'echo "[${x-unset}]"'; (readonly x); x=2; echo $x

#### the environment of programs in it
export x=1; (x=2; sh -c 'echo $x'; echo); sh -c 'echo $x'; (unset x; sh -c 'echo "[${x-unset}]"'; :); sh -c 'echo $x'

#### positional parameters
set -- a b c; (shift; echo $1 $#; set -- q; echo $1); echo $1 $#

#### options
(set -f; echo *); >f; echo *; (set -u -e; set -C); echo ${nosuch-ok}; case $- in *[efuC]*) echo leaked;; esac

#### functions
f() { echo old; }; (f() { echo new; }; f; g() { echo g; }; g); f; g 2>/dev/null || echo none; (unset -f f; f 2>/dev/null || echo gone); f

#### aliases
alias a='echo old'
(alias a='echo new' b='echo b'; alias b); alias a; alias b 2>/dev/null || echo none; (unalias -a); alias a

#### the working directory
mkdir d; (cd d; basename "$PWD"; pwd | sed 's,.*/,,'); test -d d && echo back; x=$(cd d; echo "$OLDPWD" | sed 's,.*/,,'); test -d d && echo back

#### the mask
umask 022; (umask 077; umask | sed 's/^0*//'; >f); umask | sed 's/^0*//'; ls -l f | cut -c1-10

#### limits
(ulimit -n 50; ulimit -n); test "$(ulimit -n)" != 50 && echo back

#### descriptors
exec 3>&1; (exec 3>&-; echo a >&3) 2>/dev/null; echo b >&3; (exec >f; echo c); echo d; cat f; (exec 4<f; read x <&4; echo $x); { read x <&4; } 2>/dev/null || echo closed

#### traps
trap 'echo outer' EXIT; (trap 'echo inner' EXIT; trap '' USR1); trap - EXIT; echo end

#### getopts
set -- -a -b; (getopts ab o; getopts ab o; echo $o $OPTIND); getopts ab o; echo $o $OPTIND

#### the status
(exit 3); echo $?; (false; true); echo $?; (false); echo $?; (:); echo $?; ! (exit 0); echo $?

#### $? in it
false; (echo $?); (exit 4); (echo $?); echo $?

#### exit in nested ones
( (exit 3); echo $?; exit 4; echo no); echo $?

#### $$ is the same
test $( (echo $$) ) = $$ && echo same; (test $$ = $(echo $$) && echo same)

#### background processes
(: & wait; echo $?); (sleep 0.01 & ); echo end; x=$!; (: & test "$!" != "$x" && echo new); test "$!" = "$x" && echo old

#### jobs of the parent are not waited for
sleep 0.2 & (wait; echo at once); wait

#### local variables
f() { local x=2; (x=3; local y=4; echo $x $y); echo $x "${y-unset}"; }; x=1; f; echo $x

#### a loop in it
for i in 1 2 3; do (i=x; for j in a b; do k=$j; done; echo $i$k); done; echo $i ${k-unset}

#### break and continue end it
## bash: goes on
for i in 1 2; do (continue; echo no); echo $i; (break; echo no); done

#### return ends it
f() { (return 3); echo $?; (return 4; echo no); }; f; echo $?

#### an error ends only it
(: ${x?}; echo no) 2>/dev/null; echo on; (readonly r=1; r=2; echo no) 2>/dev/null; echo on; (eval 'if') 2>/dev/null; echo on

#### set -e in it
(set -e; false; echo no); echo $?; set -e; (set +e; false; echo yes); (false) || echo caught

#### nested ones
(x=1; (x=2; (x=3; echo $x); echo $x); echo $x); echo "${x-unset}"; (x=1; y=$(x=2; echo $x); echo $x $y)

#### what cannot be undone in the middle
x=1; (x=2; echo a; cd /; echo $x; x=3; echo $x); echo $x; y=$(echo a; cd /; echo b; cat /dev/null; echo c); echo $y; y=$(echo a; (cd /; echo b; exit 3); echo $?); echo $y

#### programs in the middle
x=$(echo a; sh -c 'echo b'; echo c; sh -c 'echo d'); echo $x; (echo a; sh -c 'echo b'; echo c); x=$(sh -c 'exit 3'); echo $?; x=$(sh -c 'exit 3'; echo $?); echo $x

#### the parent of its programs
x=$(sh -c 'echo $PPID'); test "$x" = $$ || echo other; (sh -c 'test $PPID != '$$' && echo other'; :); echo end

#### output of groups and functions in a substitution
f() { echo f; echo e >&2; }; x=$(f 2>/dev/null); echo $x; x=$( { f; } 2>&1 ); echo $x; x=$(f >/dev/null 2>&1; echo x); echo $x; x=$(f 2>&1 >/dev/null); echo $x; x=$( { echo a; { echo b; } >&2; } 2>/dev/null; echo c); echo $x

#### redirections in a substitution
## bash: redirects after expanding
echo in >f; x=$(read y <f; echo $y >g; cat g); echo $x; x=$(exec >g; echo hidden); echo "[$x]"; cat g; x=$(echo a >&3) 3>&1; echo "[$x]"

#### a pipeline in the middle
x=$(echo a | cat; echo b; echo c | cat); echo $x; (echo a | cat; echo b)

#### eval and dot in it
echo 'x=5; echo dot' >s; (. ./s; eval 'x=6; echo $x'); echo "${x-unset}"; y=$(. ./s; echo $x); echo $y "${x-unset}"

#### command and a function's redirections
x=$(command echo a; command -v cd; command cd / && pwd); echo $x

#### IFS and PATH
(IFS=:; x=a:b; set -- $x; echo $#); x='a b'; set -- $x; echo $#; (PATH=/none; ls 2>/dev/null || echo none); ls >/dev/null && echo found

#### LC_ALL
## dash: counts bytes
x=ä; (LC_ALL=C; echo ${#x}); echo ${#x}

#### assignments before built-ins in it
(x=1 read y <<E
a
E
echo $y "${x-unset}"); (x=1 :; echo $x); echo "${x-unset}${y-unset}"

#### a subshell goes on while the shell itself is stopped
(kill -STOP $$; echo stopped; kill -CONT $$); echo on

#### a subshell that a signal ends is named by its source
## bash: says nothing in -c
(umask 77; kill -9 $(sh -c 'echo $PPID')); echo $?

#### standard output by a name
x=$(echo a >/dev/stdout; { echo b; } >>/dev/fd/1; printf c >/proc/self/fd/1); echo "[$x]"; x=$([ -p /dev/stdout ] && echo pipe); echo $x

#### a signal for the shell spares a subshell that reads
mkfifo p; exec 3<>p; trap 'echo trap' USR1
{ until read _ _ state _ </proc/$$/stat && [ "$state" = S ]; do :; done; kill -USR1 $$; echo line >&3; } &
(read x <&3; echo "$x $?"); echo end

#### Ctrl-C ends a subshell although the shell has a trap
setsid -w -- /proc/$$/exe -c 'trap "echo trap" INT
(until [ -e on ]; do :; done; kill -INT 0) & x=$(: >on; while :; do :; done); echo $?
rm on; (until [ -e on ]; do :; done; kill -INT 0) & (: >on; while :; do :; done); echo $?'; echo end

#### a descriptor that a group closes
x=$({ echo a; trap : USR1; echo b; } 3>&- 4>&- 5>&-); echo $x

#### a signal for all processes ends the subshell, and then runs the shell's trap
## bash: says nothing of it
trap 'echo trapped; exit 3' TERM; (until [ -e go ]; do :; done; kill -TERM 0) & (: >go; while :; do :; done); echo on

#### what nobody reads ends the subshell that writes it
mkfifo p; (exec 3<p) & exec 4>p; wait; (echo a >&4; echo b); echo $?; x=$(echo hi >&4; echo c); echo $? "$x"

#### a shell that has outlived that still ends by it
mkfifo p; (exec 3<p) & exec 4>p; wait; (echo a >&4); sh -c '"$@"; echo $?' - sh -c 'echo x >&4'; (trap 'echo kept' PIPE; (echo a >&4); echo $?)

#### a subshell that is too long for a file
## dash: says so
(ulimit -f 1; (i=0; while [ $i -lt 300 ]; do echo a line of text; i=$((i+1)); done) >f; echo $?)

#### jobs in a subshell takes nothing from the shell
mkfifo p; (exec 3>p; exit 3) & p=$!; cat p; x=$(jobs); (jobs) >/dev/null; wait $p; echo $?

#### what is captured goes through a link too
ln -s /dev/stdout so; x=$(echo a >so); echo "[$x]"
