# POSIX XCU cd, pwd.

#### cd minus writes the folder it went to
mkdir d; cd d; cd -; cd -

#### cd minus without OLDPWD fails
## dash: goes to the working directory
unset OLDPWD; cd - 2>/dev/null; test $? -ne 0 && pwd

#### cd minus exchanges PWD and OLDPWD
mkdir d; cd d; cd - >/dev/null; echo "$PWD"; echo "$OLDPWD"

#### a cd that fails changes neither PWD nor OLDPWD
cd /; cd "$HOME"; cd missing 2>/dev/null; echo "$PWD" "$OLDPWD"

#### cd with a relative HOME
mkdir d; HOME=d; cd; pwd

#### an assignment before cd is used and undone
mkdir d; HOME=$PWD/d cd; pwd; echo "$HOME"

#### dot dot through a folder that is not there fails
## dash: does not look at what it leaves; POSIX cd, step 8, does
cd missing/.. 2>/dev/null; test $? -ne 0 && echo failed

#### dot dot through a file fails
## dash: does not look at what it leaves; POSIX cd, step 8, does
>f; cd f/.. 2>/dev/null; test $? -ne 0 && echo failed

#### dot dot above the root is the root
cd /; cd ..; pwd; cd ../../tmp/../..; pwd

#### repeated and trailing slashes are dropped
mkdir d d/e; cd d//e/; pwd

#### cd to dot keeps the path through a link
mkdir d; ln -s d l; cd l; cd .; pwd

#### cd dash dash ends the options
mkdir ./-x; cd -- -x; pwd

#### the last of -L and -P counts
mkdir d; ln -s d l; cd -L -P l; pwd; cd ..; cd -PL l; pwd

#### cd to an unknown option fails
cd -Z / 2>/dev/null; test $? -ne 0 && pwd

#### an empty part of CDPATH is the working directory and is silent
mkdir d a a/d; CDPATH=:$PWD/a; cd d; pwd

#### CDPATH is tried in order and then the working directory
mkdir a b b/x c; CDPATH=$PWD/a:$PWD/b; cd x; cd "$HOME"; cd c; pwd

#### CDPATH is not for absolute paths
mkdir a a/tmp; CDPATH=$PWD/a; cd /tmp; pwd

#### a relative part of CDPATH makes an absolute path
mkdir a a/b; CDPATH=a; cd b; pwd

#### cd minus prints also when its output is a file
mkdir d; cd d; cd - >f; cat d/f

#### the PWD of a program is that of cd
mkdir d; cd d; sh -c 'echo "$PWD"'

#### programs run in the folder of cd
mkdir d; cd d; >here; sh -c 'echo *'

#### pwd -P is the folder behind a link
mkdir d; ln -s d l; cd l; pwd -P; pwd -L

#### pwd -P does not read PWD
PWD=/no/such; pwd -P

#### cd to a folder with blanks and pattern characters
mkdir 'a  *'; cd 'a  *'; pwd

#### the status of cd and pwd
cd / && pwd && echo "$?"


#### -P and -e in two words
## bash: gives 1
## dash: has no -e
cd -P -e /nonexistent 2>/dev/null; echo $?; mkdir d; ln -s d l; cd -P -e l; echo ${PWD##*/}; cd -e -P ..; cd -L -e l; echo ${PWD##*/}

#### cd to the home, back, over links
mkdir -p a/b; ln -s a/b l; cd l; pwd | sed 's!.*/!!'; pwd -P | sed 's!.*/!!'; cd ..; [ "$PWD" = "$HOME" ] && echo home; cd -P l/..; pwd | sed 's!.*/!!'; cd - >/dev/null; [ "$PWD" = "$HOME" ] && echo back; cd a; cd; [ "$PWD" = "$HOME" ] && echo home; echo "${OLDPWD##*/}"

#### cd by CDPATH tells where it went
mkdir -p x/sub y/sub2 sub3; CDPATH=x:y; cd sub | sed 's!.*/x!x!'; cd sub2 | sed 's!.*/y!y!'; CDPATH=:x cd sub3; pwd | sed 's!.*/!!'; cd ..; CDPATH=x cd ./sub 2>/dev/null || echo not by CDPATH

#### cd -P to a folder that has no path any more
## dash: has no -e
mkdir d; cd d; rmdir ../d; cd -P . 2>/dev/null; echo $?; cd -P -e . 2>/dev/null; echo $?

#### programs are told PWD and OLDPWD, also where the shell was not
env | grep PWD; mkdir d; cd d; env | grep PWD | sort

#### cd starts from where it is, whatever a script made of PWD
mkdir -p d/sub e/sub; for other in "$HOME/e" d '' /; do cd "$HOME/d"; PWD=$other; cd sub; /bin/pwd; done
cd ../..; PWD=; cd d; /bin/pwd; PWD=/; cd ..; /bin/pwd

#### cd goes up from a folder that was removed
## bash: asks for the folder that it leaves
mkdir -p d/sub; cd d/sub; rmdir ../sub; cd ..; pwd
