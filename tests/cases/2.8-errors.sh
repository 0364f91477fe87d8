#### a syntax error in eval ends a script
(eval 'if'; echo no) 2>/dev/null; test $? -ne 0 && echo failed

#### an error of a special built-in ends a script
## bash: goes on after shift
(export 1a=x; echo no) 2>/dev/null; test $? -ne 0 && echo failed
(shift 5; echo no) 2>/dev/null; test $? -ne 0 && echo failed

#### command takes that away
command export 1a=x 2>/dev/null; test $? -ne 0 && echo went on; command shift 5 2>/dev/null; echo ok

#### a redirection error of a special built-in ends a script
(: </nonexistent-file; echo no) 2>/dev/null; test $? -ne 0 && echo failed; (export x </nonexistent-file; echo no) 2>/dev/null; test $? -ne 0 && echo failed

#### a redirection error of command does not
command : </nonexistent-file 2>/dev/null; echo went on

#### a redirection error of another built-in or program does not
echo a </nonexistent-file 2>/dev/null; echo $? | sed 's/[12]/failed/'; cat </nonexistent-file 2>/dev/null; echo on; f() { :; }; f </nonexistent-file 2>/dev/null; echo on

#### a redirection error of a compound command does not
{ echo no; } </nonexistent-file 2>/dev/null; echo on; (echo no) </nonexistent-file 2>/dev/null; echo on; if :; then :; fi </nonexistent-file 2>/dev/null; echo on

#### a readonly variable ends a script
(readonly x=1; x=2; echo no) 2>/dev/null; test $? -ne 0 && echo failed; (readonly x=1; for x in a; do echo no; done; echo no) 2>/dev/null; test $? -ne 0 && echo failed

#### a readonly variable before a special built-in
(readonly x=1; x=2 :; echo no) 2>/dev/null; test $? -ne 0 && echo failed

#### an expansion error ends a script
(echo ${x?}; echo no) 2>/dev/null; test $? -ne 0 && echo failed; (echo $((1/0)); echo no) 2>/dev/null; test $? -ne 0 && echo failed; (echo ${x!y}; echo no) 2>/dev/null; test $? -ne 0 && echo failed

#### an expansion error in a subshell ends only that
## bash: redirects after expanding
(echo ${x?}) 2>/dev/null; echo on; y=$(echo ${x?}) 2>/dev/null; echo on

#### a command that is not found does not
nosuchcommand 2>/dev/null; echo $?

#### a file that cannot be executed
echo a >f; ./f 2>/dev/null; echo $?; ./nosuch 2>/dev/null; echo $?; mkdir d; ./d 2>/dev/null; echo $?

#### a missing file of dot ends a script
(. ./nosuchfile; echo no) 2>/dev/null; test $? -ne 0 && echo failed; (. nosuchfile-anywhere; echo no) 2>/dev/null; test $? -ne 0 && echo failed

#### a missing file of command dot does not
command . ./nosuchfile 2>/dev/null; test $? -ne 0 && echo went on

#### statuses of killed commands
sh -c 'kill -TERM $$' 2>/dev/null; echo $?; sh -c 'kill -KILL $$' 2>/dev/null; echo $?

#### exit with a status
(exit 0); echo $?; (exit 255); echo $?; (exit 256); echo $?; (false; exit); echo $?

#### a usage error of a regular built-in does not end a script
cd -Z 2>/dev/null; echo on; alias -Z 2>/dev/null; echo on; read 1x </dev/null 2>/dev/null; echo on; umask 999 2>/dev/null; echo on

#### exec of what is not there ends a script
(exec nosuchcommand; echo no) 2>/dev/null; echo $?; (exec ./; echo no) 2>/dev/null; echo $?

#### errors name the line
sh -c 'exit 0'; (eval 'echo a
echo ${x?}') 2>&1 | grep -c x

#### unset of a readonly variable ends a script
## bash: goes on
(readonly x=1; unset x; echo no) 2>/dev/null; test $? -ne 0 && echo failed

#### return outside of a function
## bash: goes on
(return 3; echo no); echo $?

#### break outside of a loop
break 2>/dev/null; echo on; continue 2>/dev/null; echo on

#### a redirection that fails ends a script at a special built-in only
(: </nonexistent; echo no) 2>/dev/null; echo; (true </nonexistent; echo goes on) 2>/dev/null; (command : </nonexistent; echo goes on) 2>/dev/null; (f() { :; }; f </nonexistent; echo goes on) 2>/dev/null; ({ :; } </nonexistent; echo goes on) 2>/dev/null

#### an assignment that fails ends a script
(readonly r=1; r=2; echo no) 2>/dev/null; [ $? -ne 0 ] && echo ended; (readonly r=1; r=2 :; echo no) 2>/dev/null; [ $? -ne 0 ] && echo ended; (readonly r=1; for r in a; do :; done; echo no) 2>/dev/null; [ $? -ne 0 ] && echo ended

#### a syntax error in eval and in a dot script ends a script
(eval 'if'; echo no) 2>/dev/null; [ $? -ne 0 ] && echo ended; echo 'fi' >f; (. ./f; echo no) 2>/dev/null; [ $? -ne 0 ] && echo ended

#### an error in a subshell ends it alone, also where the shell is interactive
exec 2>/dev/null; /proc/$$/exe -ic '(echo ${x?bad}; echo no); echo on; y=$(readonly r=1; r=2; echo no); echo on; command eval "r=1; readonly r; r=2; echo no"; echo on'

#### an error in the words of a loop is on its line
## bash: its status is 127
set -u
:

for i in $nosuch; do :; done
